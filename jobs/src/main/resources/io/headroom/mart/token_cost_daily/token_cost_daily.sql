-- Own GPUs: the serving cost of a cluster, on the basis that mart.cost_per_token_daily chose, is split by model and bucket, so
-- that the parts add up to it exactly; they are rounded to 18 places, and what rounding leaves goes to the largest.
--
-- By time, where every hour of the day that tells tokens of the cluster tells prefill and decode too: each model has its share
-- of all that time. Its prefill is for uncached input and cache writes by tokens, and for cache reads by tokens times their
-- weight relative to uncached input; its decode is for output and reasoning by tokens. A phase without such tokens leaves its
-- time to the model's other phase; only the time of a model without tokens is for nobody. Else by weight: tokens of all models
-- times the weight of their bucket.
--
-- A cost without tokens, or whose tokens weigh nothing, keeps one row without a bucket. Tokens of no cluster cost nothing here.
--
-- Bought tokens: charges per token that are for no cluster; a bucket is as the bill tells. Tokens of a day are told whole.
WITH served AS (
  SELECT
    day,
    cluster,
    model,
    sum(uncached_input_tokens) AS uncached_input_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens,
    sum(output_tokens) AS output_tokens,
    sum(reasoning_tokens) AS reasoning_tokens,
    sum(CAST(prefill_s AS DECIMAL(20, 3))) AS prefill_s,
    sum(CAST(decode_s AS DECIMAL(20, 3))) AS decode_s,
    every(
      prefill_s IS NOT NULL AND decode_s IS NOT NULL
      OR coalesce(uncached_input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
        + coalesce(output_tokens, 0) + coalesce(reasoning_tokens, 0) = 0) AS is_timed
  FROM token_hourly
  WHERE cluster IS NOT NULL
  GROUP BY day, cluster, model
),
timed AS (
  SELECT
    * EXCEPT (is_timed),
    every(is_timed) OVER day_of_cluster AND sum(prefill_s + decode_s) OVER day_of_cluster > 0 AS is_timed
  FROM served
  WINDOW day_of_cluster AS (PARTITION BY day, cluster)
),
bucket AS (
  SELECT
    day,
    cluster,
    model,
    is_timed,
    stack(
      5,
      'uncached_input', uncached_input_tokens, uncached_input_weight, true, CAST(1 AS DOUBLE),
      'cache_read', cache_read_tokens, cache_read_weight, true, coalesce(cache_read_weight / nullif(uncached_input_weight, 0), 0),
      'cache_write', cache_write_tokens, cache_write_weight, true, CAST(1 AS DOUBLE),
      'output', output_tokens, output_weight, false, CAST(1 AS DOUBLE),
      'reasoning', reasoning_tokens, reasoning_weight, false, CAST(1 AS DOUBLE)
    ) AS (token_type, tokens, weight, is_prefill, weight_in_phase),
    CAST(prefill_s AS DOUBLE) AS prefill_s,
    CAST(decode_s AS DOUBLE) AS decode_s
  FROM timed
  CROSS JOIN setting
),
filled AS (
  SELECT
    *,
    sum(part_of_phase) OVER (PARTITION BY day, cluster, model, is_prefill) AS phase,
    sum(part_of_phase) OVER (PARTITION BY day, cluster, model) AS both_phases
  FROM (SELECT *, CAST(tokens * weight_in_phase AS DECIMAL(38, 9)) AS part_of_phase FROM bucket WHERE tokens > 0)
),
weighed AS (
  SELECT
    day,
    cluster,
    model,
    token_type,
    tokens,
    is_timed,
    CAST(CASE WHEN NOT is_timed THEN tokens * weight
      WHEN phase > 0 THEN
        CASE WHEN both_phases = phase THEN prefill_s + decode_s WHEN is_prefill THEN prefill_s ELSE decode_s END
          * CAST(part_of_phase AS DOUBLE) / CAST(phase AS DOUBLE)
      ELSE 0 END AS DECIMAL(38, 12)) AS weight
  FROM filled
),
shared AS (
  SELECT
    *,
    CAST(weight AS DOUBLE) / nullif(CAST(sum(weight) OVER (PARTITION BY day, cluster) AS DOUBLE), 0) AS share,
    row_number() OVER (PARTITION BY day, cluster ORDER BY weight DESC, model, token_type) = 1 AS is_largest
  FROM weighed
),
costed AS (
  SELECT day, provider, region, cluster, billing_currency, cost_basis, serving_cost, total_tokens
  FROM cost_per_token_daily
  WHERE cluster IS NOT NULL
),
split AS (
  SELECT
    costed.*,
    model,
    token_type,
    CASE WHEN token_type IS NULL OR total_tokens IS NOT NULL THEN coalesce(tokens, total_tokens) END AS tokens_told,
    coalesce(tokens, total_tokens) AS tokens,
    is_timed,
    is_largest,
    CASE WHEN coalesce(share, 1) = 1 THEN serving_cost ELSE CAST(CAST(serving_cost AS DOUBLE) * share AS DECIMAL(38, 18)) END
      AS part
  FROM costed
  LEFT JOIN shared ON shared.day = costed.day AND shared.cluster = costed.cluster AND share IS NOT NULL
),
settled AS (
  SELECT
    *,
    part + IF(is_largest, serving_cost - sum(part) OVER (PARTITION BY day, cluster, billing_currency, cost_basis), 0) AS cost
  FROM split
),
bought AS (
  SELECT
    day,
    provider,
    region,
    model,
    token_type,
    billing_currency,
    sum(token_count) AS tokens,
    sum(effective_cost) AS cost
  FROM token_charge_daily
  WHERE cluster IS NULL AND allocation <> 'spread'
  GROUP BY day, provider, region, model, token_type, billing_currency
)
SELECT
  day,
  'own_gpu' AS supply,
  provider,
  region,
  cluster,
  model,
  token_type,
  billing_currency,
  cost_basis,
  tokens_told AS tokens,
  cost,
  CAST(cost AS DOUBLE) / nullif(tokens, 0) * 1e6 AS cost_per_million_tokens,
  CASE WHEN token_type IS NULL THEN NULL WHEN is_timed THEN 'time' ELSE 'weight' END AS split_by
FROM settled
UNION ALL
SELECT
  day,
  'api',
  provider,
  region,
  NULL,
  model,
  token_type,
  billing_currency,
  'effective',
  CAST(round(tokens) AS BIGINT),
  cost,
  CASE WHEN tokens > 0 THEN CAST(cost AS DOUBLE) / CAST(tokens AS DOUBLE) * 1e6 END,
  'charge'
FROM bought
