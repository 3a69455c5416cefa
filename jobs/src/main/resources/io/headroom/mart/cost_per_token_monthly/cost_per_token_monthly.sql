-- Effective and usage cost are those of the days of the month, billed cost that of the billing periods that begin in it.
--
-- The billed cost of a cluster is that of the charges that name it, or that a rule is for it; of charges that a rule has
-- clusters share, its part of the effective cost that the rule shared in the month, rounded to 18 places, what rounding leaves
-- on the largest part. What is billed for no cluster, or under a rule that shared nothing in the month (as a purchase whose
-- effective cost is 0), stays by provider. So all billed cost of a month adds up to its bills.
--
-- Only the serving share of the month is for tokens: serving cost over whole cost.
--
-- A month is complete where its last day has tokens or telemetry of any cluster, or a later one has.
WITH daily AS (
  SELECT
    CAST(trunc(day, 'MONTH') AS DATE) AS month,
    day,
    provider,
    cluster,
    billing_currency,
    cost_basis,
    cost,
    CASE WHEN cluster IS NULL THEN cost ELSE serving_cost END AS serving_cost,
    usage_cost,
    total_tokens,
    max(total_tokens) OVER (PARTITION BY day, cluster) AS tokens_of_cluster
  FROM cost_per_token_daily
  WHERE cost_basis IN ('effective', 'own', 'rate_card')
),
spent AS (
  SELECT
    month,
    max(provider) AS provider,
    cluster,
    billing_currency,
    cost_basis,
    sum(cost) AS cost,
    sum(serving_cost) AS serving_cost,
    CASE WHEN cluster IS NOT NULL AND count(usage_cost) = count(*) THEN sum(usage_cost) END AS usage_cost,
    sum(total_tokens) AS total_tokens,
    CASE WHEN cluster IS NOT NULL THEN sum(tokens_of_cluster) END AS tokens_of_cluster
  FROM daily
  GROUP BY month, cluster, CASE WHEN cluster IS NULL THEN provider END, billing_currency, cost_basis
),
billed AS (
  SELECT
    CAST(trunc(day, 'MONTH') AS DATE) AS month,
    provider,
    billing_account_id,
    cluster,
    CASE WHEN allocation = 'spread' THEN allocation_rule END AS spread_rule,
    billing_currency,
    sum(billed_cost) AS billed_cost
  FROM billed_cost_monthly
  GROUP BY ALL
),
spread AS (
  SELECT
    CAST(trunc(day, 'MONTH') AS DATE) AS month,
    provider,
    billing_account_id,
    allocation_rule AS spread_rule,
    billing_currency,
    cluster,
    sum(effective_cost) AS cost
  FROM cost_allocated_daily
  WHERE cost_kind = 'shared'
  GROUP BY ALL
),
spread_share AS (
  SELECT
    *,
    CAST(cost AS DOUBLE) / nullif(CAST(sum(cost) OVER everyone AS DOUBLE), 0) AS share,
    row_number() OVER larger = 1 AS is_largest
  FROM spread
  WINDOW
    everyone AS (PARTITION BY month, provider, billing_account_id, spread_rule, billing_currency),
    larger AS (
      PARTITION BY month, provider, billing_account_id, spread_rule, billing_currency
      ORDER BY abs(cost) DESC, cluster)
),
drawn AS (
  SELECT
    billed.* EXCEPT (cluster),
    coalesce(billed.cluster, spread_share.cluster) AS cluster,
    is_largest,
    CASE WHEN coalesce(share, 1) = 1 THEN billed_cost ELSE CAST(CAST(billed_cost AS DOUBLE) * share AS DECIMAL(38, 18)) END
      AS part
  FROM billed
  LEFT JOIN spread_share
    ON billed.spread_rule = spread_share.spread_rule
    AND billed.month = spread_share.month
    AND billed.provider = spread_share.provider
    AND billed.billing_account_id <=> spread_share.billing_account_id
    AND billed.billing_currency = spread_share.billing_currency
    AND share IS NOT NULL
),
settled AS (
  SELECT
    *,
    part + IF(
      is_largest,
      billed_cost - sum(part) OVER (PARTITION BY month, provider, billing_account_id, spread_rule, billing_currency),
      0) AS cost
  FROM drawn
),
bill AS (
  SELECT month, max(provider) AS provider, cluster, billing_currency, 'effective' AS cost_basis, sum(cost) AS billed_cost
  FROM settled
  GROUP BY month, cluster, CASE WHEN cluster IS NULL THEN provider END, billing_currency
),
told AS (
  SELECT
    coalesce(spent.month, bill.month) AS month,
    coalesce(spent.provider, bill.provider) AS provider,
    coalesce(spent.cluster, bill.cluster) AS cluster,
    coalesce(spent.billing_currency, bill.billing_currency) AS billing_currency,
    coalesce(spent.cost_basis, bill.cost_basis) AS cost_basis,
    CASE WHEN coalesce(spent.cluster, bill.cluster) IS NOT NULL
      THEN coalesce(CAST(serving_cost AS DOUBLE) / nullif(CAST(cost AS DOUBLE), 0), 1) END AS serving_share,
    CASE WHEN coalesce(spent.cost_basis, 'effective') = 'effective' THEN coalesce(billed_cost, 0) END AS whole_billed_cost,
    coalesce(serving_cost, 0) AS effective_cost,
    usage_cost,
    total_tokens,
    tokens_of_cluster
  FROM spent
  FULL JOIN bill
    ON bill.month = spent.month
    AND bill.cluster <=> spent.cluster
    AND (bill.cluster IS NOT NULL OR bill.provider = spent.provider)
    AND bill.billing_currency = spent.billing_currency
    AND bill.cost_basis = spent.cost_basis
),
served AS (
  SELECT
    *,
    CASE WHEN coalesce(serving_share, 1) = 1 THEN whole_billed_cost
      ELSE CAST(CAST(whole_billed_cost AS DOUBLE) * serving_share AS DECIMAL(38, 18)) END AS billed_cost
  FROM told
),
last_told AS (
  SELECT max(day) AS last_day
  FROM (SELECT day FROM rate_card_cost_daily UNION ALL SELECT day FROM cost_per_token_daily WHERE total_tokens IS NOT NULL)
)
SELECT
  month,
  provider,
  cluster,
  billing_currency,
  cost_basis,
  serving_share,
  whole_billed_cost,
  billed_cost,
  effective_cost,
  usage_cost,
  effective_cost - billed_cost AS timing_bridge,
  effective_cost - usage_cost AS idle_bridge,
  total_tokens,
  CAST(billed_cost AS DOUBLE) / nullif(tokens_of_cluster, 0) * 1e6 AS billed_cost_per_million_tokens,
  CAST(effective_cost AS DOUBLE) / nullif(tokens_of_cluster, 0) * 1e6 AS effective_cost_per_million_tokens,
  CAST(usage_cost AS DOUBLE) / nullif(tokens_of_cluster, 0) * 1e6 AS usage_cost_per_million_tokens,
  coalesce(last_day >= last_day(month), false) AS is_complete
FROM served
CROSS JOIN last_told
