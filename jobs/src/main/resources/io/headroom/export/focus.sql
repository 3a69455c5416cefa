-- Cost lines carry the money; token lines say what of it tokens cost, in x_TokenCost, and carry none, so that no sum counts
-- it twice. Own and rate-card costs are of clusters that cost that by mart.cost_per_token_daily: what is on a bill is not
-- priced once more.
WITH line AS (
  SELECT 'allocated_cost' AS kind_of_line, day, provider, billing_account_id, region, cluster, model, workload, team, cost_kind,
    allocation_rule, billing_currency AS currency, effective_cost AS cost,
    CAST(NULL AS BOOLEAN) AS is_provisional,
    CAST(NULL AS STRING) AS supply, CAST(NULL AS STRING) AS cost_basis, CAST(NULL AS STRING) AS token_type,
    CAST(NULL AS BIGINT) AS tokens, CAST(NULL AS DECIMAL(38, 18)) AS token_cost,
    CAST(NULL AS DOUBLE) AS cost_per_million_tokens, CAST(NULL AS STRING) AS split_by
  FROM cost_allocated_daily
  UNION ALL
  SELECT 'own_cost', day, provider, NULL, region, cluster, NULL, NULL, NULL, cost_kind,
    NULL, currency, cost,
    is_provisional,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM own_cost_daily
  LEFT ANTI JOIN (SELECT day, cluster FROM cost_per_token_daily WHERE cost_basis IN ('effective', 'rate_card'))
    USING (day, cluster)
  WHERE cost IS NOT NULL AND currency IS NOT NULL
  UNION ALL
  SELECT 'rate_card_cost', day, provider, NULL, region, cluster, NULL, NULL, NULL, 'rate_card',
    NULL, billing_currency, direct_cost,
    NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM cost_per_token_daily
  WHERE cost_basis = 'rate_card' AND direct_cost IS NOT NULL
  UNION ALL
  SELECT 'tokens', day, provider, NULL, region, cluster, model, NULL, NULL, NULL,
    NULL, billing_currency, CAST(0 AS DECIMAL(38, 18)),
    NULL,
    supply, cost_basis, token_type, coalesce(tokens, 0), cost, cost_per_million_tokens, split_by
  FROM token_cost_daily
  WHERE billing_currency IS NOT NULL
),
named AS (
  SELECT *,
    kind_of_line = 'tokens' AS is_tokens,
    CASE kind_of_line
      WHEN 'tokens' THEN CASE token_type
        WHEN 'uncached_input' THEN 'Input tokens'
        WHEN 'cache_read' THEN 'Cache read tokens'
        WHEN 'cache_write' THEN 'Cache write tokens'
        WHEN 'output' THEN 'Output tokens'
        WHEN 'reasoning' THEN 'Reasoning output tokens'
        ELSE 'Tokens'
      END
      WHEN 'own_cost' THEN concat('Own data centre, ', replace(cost_kind, '_', ' '))
      WHEN 'rate_card_cost' THEN 'GPU-hours at the rate card'
      ELSE concat('Allocated cost, ', replace(cost_kind, '_', ' '))
    END AS meter,
    concat_ws('/', 'headroom', kind_of_line, model, coalesce(token_type, cost_kind)) AS sku
  FROM line
)
SELECT
  CAST(0 AS DECIMAL(38, 18)) AS BilledCost,
  'headroom-showback' AS BillingAccountId,
  'Internal showback' AS BillingAccountName,
  currency AS BillingCurrency,
  CAST(add_months(trunc(day, 'MM'), 1) AS TIMESTAMP) AS BillingPeriodEnd,
  CAST(trunc(day, 'MM') AS TIMESTAMP) AS BillingPeriodStart,
  'Usage' AS ChargeCategory,
  CAST(NULL AS STRING) AS ChargeClass,
  concat_ws(', ', meter, model, cluster, day) AS ChargeDescription,
  'Usage-Based' AS ChargeFrequency,
  CAST(date_add(day, 1) AS TIMESTAMP) AS ChargePeriodEnd,
  CAST(day AS TIMESTAMP) AS ChargePeriodStart,
  CAST(CASE WHEN is_tokens THEN tokens ELSE 1 END AS DECIMAL(38, 18)) AS ConsumedQuantity,
  CASE WHEN is_tokens THEN 'Tokens' ELSE 'Days' END AS ConsumedUnit,
  cost AS ContractedCost,
  cost AS EffectiveCost,
  CAST(NULL AS STRING) AS InvoiceId,
  'Internal showback' AS InvoiceIssuerName,
  cost AS ListCost,
  'Other' AS PricingCategory,
  CAST(CASE WHEN is_tokens THEN tokens ELSE 1 END AS DECIMAL(38, 18)) AS PricingQuantity,
  CASE WHEN is_tokens THEN 'Tokens' ELSE 'Days' END AS PricingUnit,
  coalesce(provider, 'unknown') AS ProviderName,
  coalesce(provider, 'unknown') AS PublisherName,
  region AS RegionId,
  region AS RegionName,
  cluster AS ResourceId,
  CAST(NULL AS STRING) AS ResourceName,
  CASE WHEN cluster IS NOT NULL THEN 'Cluster' END AS ResourceType,
  CASE
    WHEN kind_of_line IN ('own_cost', 'rate_card_cost') THEN 'Compute'
    WHEN is_tokens OR coalesce(cluster, model) IS NOT NULL THEN 'AI and Machine Learning'
    ELSE 'Other'
  END AS ServiceCategory,
  CASE kind_of_line
    WHEN 'tokens' THEN 'Token serving'
    WHEN 'own_cost' THEN 'Own data centre'
    WHEN 'rate_card_cost' THEN 'Rented GPUs'
    ELSE CASE WHEN coalesce(cluster, model) IS NOT NULL THEN 'AI compute, allocated' ELSE 'Allocated cost' END
  END AS ServiceName,
  CASE kind_of_line
    WHEN 'tokens' THEN 'Generative AI'
    WHEN 'own_cost' THEN 'Other (Compute)'
    WHEN 'rate_card_cost' THEN 'Other (Compute)'
    ELSE CASE WHEN coalesce(cluster, model) IS NOT NULL THEN 'Other (AI and Machine Learning)' ELSE 'Other (Other)' END
  END AS ServiceSubcategory,
  sku AS SkuId,
  meter AS SkuMeter,
  CAST(NULL AS MAP<STRING, STRING>) AS SkuPriceDetails,
  sku AS SkuPriceId,
  CASE WHEN coalesce(cluster, model, workload, team) IS NOT NULL
    THEN map_filter(map('cluster', cluster, 'model', model, 'workload', workload, 'team', team),
      (name, value) -> value IS NOT NULL)
  END AS Tags,
  allocation_rule AS x_AllocationRule,
  billing_account_id AS x_BillingAccountId,
  cluster AS x_Cluster,
  cost_basis AS x_CostBasis,
  cost_kind AS x_CostKind,
  cost_per_million_tokens AS x_CostPerMillionTokens,
  is_provisional AS x_IsProvisional,
  kind_of_line AS x_LineKind,
  model AS x_Model,
  split_by AS x_SplitBy,
  supply AS x_Supply,
  team AS x_Team,
  token_cost AS x_TokenCost,
  token_type AS x_TokenType,
  workload AS x_Workload,
  day
FROM named
