-- Where depreciation or operations of an own data centre are told for a cluster, it costs what they add up to and what is
-- billed for it besides. Where they are not, its charges on the bill count, where those of the day for the cluster itself, used
-- or not, are not 0 in some currency; where they are, its GPU-hours times the price; without a price the bill all the same. Its
-- part of what several share on a bill is added on any basis. A basis of which a part is not known is not known at all.
--
-- A cluster's provider is the one that staging.cluster names; else that of its own data centre or rate card, else that of its
-- charges, else that of what it shares.
--
-- Tokens are told once: a cluster that costs several currencies has them on the row of the first by name. Cost of no cluster
-- stays visible by provider.
--
-- Only the serving share of a cluster's cost is for its tokens. Its idle GPU-hours and those of no told workload are shared
-- in the same proportion. What served is all that is allocated to a told workload other than training; where none is told, all
-- that is allocated.
WITH part AS (
  SELECT day, provider, cluster, billing_currency AS currency, 'effective' AS told_by, cost_kind, effective_cost AS cost
  FROM cost_allocated_daily
  WHERE cluster IS NOT NULL
  UNION ALL
  SELECT day, provider, cluster, currency, 'own', IF(is_shared, 'shared', 'direct'), cost
  FROM (
    SELECT *, bool_or(cost_kind IN ('depreciation', 'operations')) OVER (PARTITION BY day, cluster) AS is_whole
    FROM own_cost_daily
    WHERE cluster IS NOT NULL
  )
  WHERE is_whole
  UNION ALL
  SELECT day, provider, cluster, currency, 'rate_card', 'direct', cost
  FROM (SELECT *, bool_or(is_offered) OVER (PARTITION BY day, cluster) AS is_any_offered FROM rate_card_cost_daily)
  WHERE is_any_offered
),
billed AS (
  SELECT
    *,
    sum(CASE WHEN told_by = 'effective' AND cost_kind <> 'shared' THEN cost END) OVER (PARTITION BY day, cluster, currency)
      AS charged
  FROM part
),
based AS (
  SELECT
    *,
    min(CASE
      WHEN told_by = 'own' THEN 0
      WHEN told_by = 'effective' AND charged <> 0 THEN 1
      WHEN told_by = 'rate_card' THEN 2
      ELSE 3
    END) OVER (PARTITION BY day, cluster) AS basis
  FROM billed
),
counted AS (
  SELECT
    *,
    CASE basis WHEN 0 THEN 'own' WHEN 2 THEN 'rate_card' ELSE 'effective' END AS basis_name,
    every(cost IS NOT NULL) OVER (PARTITION BY day, cluster) AS is_known,
    coalesce(
      max(CASE WHEN told_by <> 'effective' THEN provider END) OVER (PARTITION BY day, cluster),
      max(CASE WHEN cost_kind <> 'shared' THEN provider END) OVER (PARTITION BY day, cluster),
      max(provider) OVER (PARTITION BY day, cluster)) AS supplier
  FROM based
  WHERE CASE told_by
    WHEN 'own' THEN basis = 0
    WHEN 'rate_card' THEN basis = 2
    ELSE basis <> 2 OR cost_kind = 'shared'
  END
),
costing AS (
  SELECT
    day,
    max(supplier) AS provider,
    cluster,
    CASE WHEN is_known OR told_by = 'effective' THEN currency END AS billing_currency,
    IF(is_known, basis_name, 'unpriced') AS cost_basis,
    CASE WHEN count(cost) = count(*) THEN sum(cost) END AS cost,
    sum(cost) FILTER (WHERE told_by = 'effective') AS bill_cost,
    CASE WHEN count(cost) = count(*) THEN coalesce(sum(cost) FILTER (WHERE cost_kind NOT IN ('idle', 'shared')), 0) END
      AS direct_cost,
    CASE WHEN count(cost) = count(*) THEN coalesce(sum(cost) FILTER (WHERE cost_kind = 'idle'), 0) END AS idle_cost,
    CASE WHEN count(cost) = count(*) THEN coalesce(sum(cost) FILTER (WHERE cost_kind = 'shared'), 0) END AS shared_cost
  FROM counted
  GROUP BY day, cluster, CASE WHEN is_known OR told_by = 'effective' THEN currency END, IF(is_known, basis_name, 'unpriced')
),
placed AS (
  SELECT *, row_number() OVER (PARTITION BY day, cluster ORDER BY billing_currency) = 1 AS has_tokens
  FROM costing
),
tokens AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    sum(request_count) AS request_count,
    sum(uncached_input_tokens) AS uncached_input_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens,
    sum(output_tokens) AS output_tokens,
    sum(reasoning_tokens) AS reasoning_tokens,
    sum(total_tokens) AS total_tokens
  FROM token_hourly
  GROUP BY day, cluster, CASE WHEN cluster IS NULL THEN struct(provider, region) END
),
work AS (
  SELECT
    day,
    cluster,
    coalesce(workload <> 'training', NOT bool_or(workload IS NOT NULL) OVER (PARTITION BY day, cluster)) AS is_serving,
    workload IS NOT NULL AS is_told,
    CAST(allocated_gpu_hours * coalesce(h100_equivalents, 1) AS DECIMAL(18, 6)) AS allocated,
    CAST(allocated_gpu_hours * least(1, coalesce(sm_reporting_gpu_hours, 0) / installed_gpu_hours) * coalesce(h100_equivalents, 1)
      AS DECIMAL(18, 6)) AS reporting,
    CAST(sm_active_gpu_hours * coalesce(h100_equivalents, 1) AS DECIMAL(18, 6)) AS active
  FROM utilisation_hourly
  WHERE allocated_gpu_hours > 0
),
share AS (
  SELECT
    day,
    cluster,
    CASE WHEN bool_or(is_told)
      THEN CAST(sum(CASE WHEN is_told AND is_serving THEN allocated ELSE 0 END) AS DOUBLE)
        / CAST(sum(CASE WHEN is_told THEN allocated END) AS DOUBLE) END AS serving_share,
    CASE WHEN bool_or(is_serving AND reporting > 0)
      THEN least(1, CAST(sum(active) FILTER (WHERE is_serving AND reporting > 0) AS DOUBLE)
        / CAST(sum(reporting) FILTER (WHERE is_serving AND reporting > 0) AS DOUBLE)) END AS active_share
  FROM work
  GROUP BY day, cluster
),
told AS (
  SELECT
    coalesce(placed.day, tokens.day) AS day,
    coalesce(placed.provider, tokens.provider) AS provider,
    tokens.region,
    coalesce(placed.cluster, tokens.cluster) AS cluster,
    billing_currency,
    coalesce(cost_basis, 'none') AS cost_basis,
    cost,
    bill_cost,
    direct_cost,
    idle_cost,
    shared_cost,
    tokens.* EXCEPT (day, provider, region, cluster)
  FROM placed
  FULL JOIN tokens ON tokens.day = placed.day AND tokens.cluster = placed.cluster AND has_tokens
),
served AS (
  SELECT
    told.* EXCEPT (provider, region),
    coalesce(place.provider, told.provider) AS provider,
    coalesce(told.region, place.region) AS region,
    CASE WHEN told.cluster IS NOT NULL THEN coalesce(serving_share, 1) END AS serving_share,
    CASE WHEN cost_basis = 'unpriced' THEN NULL
      WHEN coalesce(serving_share, 1) = 1 THEN cost
      ELSE CAST(CAST(cost AS DOUBLE) * serving_share AS DECIMAL(38, 18)) END AS serving_cost,
    CASE WHEN told.cluster IS NOT NULL THEN active_share END AS active_share,
    max(total_tokens) OVER (PARTITION BY told.day, told.cluster) AS tokens_of_cluster
  FROM told
  LEFT JOIN share ON share.day = told.day AND share.cluster = told.cluster
  LEFT JOIN cluster AS place ON place.cluster = told.cluster
),
used AS (
  SELECT
    *,
    CASE WHEN active_share = 1 THEN serving_cost
      ELSE CAST(CAST(serving_cost AS DOUBLE) * active_share AS DECIMAL(38, 18)) END AS usage_cost
  FROM served
),
elsewhere AS (
  SELECT day, provider, billing_currency AS currency, 'effective' AS cost_basis, cost_kind = 'unallocated' AS is_unallocated,
    effective_cost AS cost, effective_cost AS bill_cost
  FROM cost_allocated_daily
  WHERE cluster IS NULL
  UNION ALL
  SELECT day, provider, currency, IF(cost IS NULL, 'unpriced', 'own'), true, cost, NULL
  FROM own_cost_daily
  WHERE cluster IS NULL
)
SELECT
  day,
  provider,
  region,
  cluster,
  billing_currency,
  cost_basis,
  false AS is_unallocated,
  cost,
  bill_cost,
  direct_cost,
  idle_cost,
  shared_cost,
  serving_share,
  serving_cost,
  active_share,
  usage_cost,
  serving_cost - usage_cost AS idle_bridge,
  request_count,
  uncached_input_tokens,
  cache_read_tokens,
  cache_write_tokens,
  output_tokens,
  reasoning_tokens,
  total_tokens,
  CASE WHEN serving_share > 0 THEN CAST(serving_cost AS DOUBLE) / nullif(tokens_of_cluster, 0) * 1e6 END
    AS cost_per_million_tokens,
  CASE WHEN serving_share > 0 THEN CAST(usage_cost AS DOUBLE) / nullif(tokens_of_cluster, 0) * 1e6 END
    AS usage_cost_per_million_tokens
FROM used
UNION ALL
SELECT
  day,
  provider,
  NULL,
  NULL,
  currency,
  cost_basis,
  is_unallocated,
  sum(cost),
  sum(bill_cost),
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL
FROM elsewhere
GROUP BY day, provider, currency, cost_basis, is_unallocated
