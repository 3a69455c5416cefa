-- Effective and usage cost are those of the days of the month, billed cost that of the billing periods that begin in it.
--
-- The billed cost of a cluster is that of the charges that name it, or that a rule is for it; of charges that a rule has
-- clusters share, its part of the absolute effective cost that the rule shared in the month, rounded to 18 places, what rounding
-- leaves on the largest part. Days on which the rule found no cluster are a part for none. What is billed for no cluster, or
-- under a rule that shared nothing in the month (as a purchase whose effective cost is 0), stays by provider. So all billed
-- cost of a month adds up to its bills.
--
-- It stands on the basis on which most of the bill's effective cost of the cluster, month and currency is spent, the first by
-- name of equals; an own data centre and a rate card are billed by nobody, so that they are no part of the timing bridge.
-- Billed cost, timing bridge and unbilled cost add up to effective cost.
--
-- Of days whose cost is not known, the bill's part stays, on a row of its own that is unpriced. Their tokens are left out.
--
-- Only the serving share of the month is for tokens: serving cost over whole cost.
WITH daily AS (
  SELECT
    CAST(trunc(day, 'MONTH') AS DATE) AS month,
    provider,
    cluster,
    billing_currency,
    cost_basis,
    cost,
    bill_cost,
    CASE
      WHEN cluster IS NULL THEN cost
      WHEN cost_basis <> 'unpriced' THEN serving_cost
      WHEN coalesce(serving_share, 1) = 1 THEN cost
      ELSE CAST(CAST(cost AS DOUBLE) * serving_share AS DECIMAL(38, 18))
    END AS serving_cost,
    usage_cost
  FROM cost_per_token_daily
  WHERE cost IS NOT NULL
),
spent AS (
  SELECT
    month,
    max(provider) AS provider,
    cluster,
    billing_currency,
    cost_basis,
    sum(cost) AS cost,
    sum(bill_cost) AS bill_cost,
    sum(serving_cost) AS serving_cost,
    CASE WHEN cluster IS NOT NULL AND count(usage_cost) = count(*) THEN sum(usage_cost) END AS usage_cost
  FROM daily
  GROUP BY month, cluster, CASE WHEN cluster IS NULL THEN provider END, billing_currency, cost_basis
),
based AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY month, cluster, CASE WHEN cluster IS NULL THEN provider END, billing_currency
      ORDER BY abs(bill_cost) DESC NULLS LAST, cost_basis
    ) = 1 AND (cluster IS NOT NULL OR cost_basis = 'effective') AS has_bill
  FROM spent
),
tokens AS (
  SELECT CAST(trunc(day, 'MONTH') AS DATE) AS month, cluster, sum(total_tokens) AS tokens
  FROM cost_per_token_daily
  WHERE cluster IS NOT NULL AND cost_basis IN ('effective', 'own', 'rate_card')
  GROUP BY 1, 2
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
    sum(abs(effective_cost)) AS cost
  FROM cost_allocated_daily
  WHERE cost_kind = 'shared' OR cost_kind = 'unallocated' AND allocation_rule IS NOT NULL
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
      ORDER BY cost DESC, cluster)
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
  SELECT month, max(provider) AS provider, cluster, billing_currency, sum(cost) AS billed_cost
  FROM settled
  GROUP BY month, cluster, CASE WHEN cluster IS NULL THEN provider END, billing_currency
),
told AS (
  SELECT
    coalesce(based.month, bill.month) AS month,
    coalesce(based.provider, bill.provider) AS provider,
    coalesce(based.cluster, bill.cluster) AS cluster,
    coalesce(based.billing_currency, bill.billing_currency) AS billing_currency,
    coalesce(cost_basis, 'effective') AS cost_basis,
    CASE WHEN coalesce(based.cluster, bill.cluster) IS NOT NULL
      THEN coalesce(CAST(serving_cost AS DOUBLE) / nullif(CAST(cost AS DOUBLE), 0), 1) END AS serving_share,
    CASE WHEN coalesce(bill_cost, billed_cost) IS NOT NULL THEN coalesce(billed_cost, 0) END AS whole_billed_cost,
    CASE WHEN coalesce(bill_cost, billed_cost) IS NOT NULL THEN coalesce(bill_cost, 0) END AS whole_bill_cost,
    cost,
    coalesce(serving_cost, 0) AS effective_cost,
    usage_cost
  FROM based
  FULL JOIN bill
    ON bill.month = based.month
    AND bill.cluster <=> based.cluster
    AND (bill.cluster IS NOT NULL OR bill.provider = based.provider)
    AND bill.billing_currency = based.billing_currency
    AND has_bill
),
served AS (
  SELECT
    *,
    CASE WHEN coalesce(serving_share, 1) = 1 THEN whole_billed_cost
      ELSE CAST(CAST(whole_billed_cost AS DOUBLE) * serving_share AS DECIMAL(38, 18)) END AS billed_cost,
    CASE WHEN whole_bill_cost = cost THEN effective_cost
      WHEN coalesce(serving_share, 1) = 1 THEN whole_bill_cost
      ELSE CAST(CAST(whole_bill_cost AS DOUBLE) * serving_share AS DECIMAL(38, 18)) END AS bill_cost
  FROM told
),
used AS (
  SELECT
    served.*,
    tokens AS tokens_of_cluster,
    CASE WHEN cost_basis <> 'unpriced' THEN nullif(tokens, 0) END AS tokens_costed,
    row_number() OVER (
      PARTITION BY served.month, served.cluster
      ORDER BY cost_basis = 'unpriced', billing_currency, cost_basis
    ) = 1 AS has_tokens
  FROM served
  LEFT JOIN tokens ON tokens.month = served.month AND tokens.cluster = served.cluster
),
ended AS (
  SELECT DISTINCT CAST(trunc(day, 'MONTH') AS DATE) AS month
  FROM (SELECT day FROM rate_card_cost_daily UNION ALL SELECT day FROM cost_per_token_daily WHERE total_tokens IS NOT NULL)
  WHERE day = last_day(day)
)
SELECT
  used.month AS day,
  used.month,
  provider,
  cluster,
  billing_currency,
  cost_basis,
  serving_share,
  whole_billed_cost,
  whole_bill_cost,
  billed_cost,
  effective_cost,
  usage_cost,
  bill_cost - billed_cost AS timing_bridge,
  effective_cost - coalesce(bill_cost, 0) AS unbilled_cost,
  effective_cost - usage_cost AS idle_bridge,
  CASE WHEN has_tokens THEN tokens_of_cluster END AS total_tokens,
  CAST(billed_cost AS DOUBLE) / tokens_costed * 1e6 AS billed_cost_per_million_tokens,
  CAST(effective_cost AS DOUBLE) / tokens_costed * 1e6 AS effective_cost_per_million_tokens,
  CAST(usage_cost AS DOUBLE) / tokens_costed * 1e6 AS usage_cost_per_million_tokens,
  ended.month IS NOT NULL AS is_complete
FROM used
LEFT JOIN ended ON ended.month = used.month
