-- Where a cluster has a bill, its effective cost counts; where it has none, its GPU-hours times the most specific price that
-- holds on the day. Cost that names no cluster stays visible as unallocated.
WITH billed AS (
  SELECT
    day,
    max(provider) AS provider,
    cluster,
    billing_currency,
    'effective' AS cost_basis,
    sum(effective_cost) AS cost
  FROM cost_daily
  WHERE cluster IS NOT NULL
  GROUP BY day, cluster, billing_currency
),
unallocated AS (
  SELECT day, provider, billing_currency, sum(effective_cost) AS cost
  FROM cost_daily
  WHERE cluster IS NULL
  GROUP BY day, provider, billing_currency
),
used AS (
  SELECT day, provider, region, cluster, accelerator, sum(CAST(installed_gpu_hours AS DECIMAL(18, 6))) AS gpu_hours
  FROM utilisation_hourly
  GROUP BY day, provider, region, cluster, accelerator
),
rated AS (
  SELECT
    used.day,
    used.provider,
    used.cluster,
    price.currency,
    used.accelerator,
    used.gpu_hours,
    price.unit_price,
    row_number() OVER (
      PARTITION BY used.day, used.cluster, used.accelerator
      ORDER BY
        price.cluster IS NULL,
        price.region IS NULL,
        price.accelerator IS NULL,
        price.known_at DESC,
        price.valid_from DESC,
        price.unit_price,
        price.currency
    ) AS choice
  FROM used
  JOIN price
    ON price.unit = 'gpu_hour'
    AND price.pricing_category <> 'benchmark'
    AND price.provider = used.provider
    AND coalesce(price.cluster, used.cluster) = used.cluster
    AND coalesce(price.region, used.region) <=> used.region
    AND coalesce(price.accelerator, used.accelerator) <=> used.accelerator
    AND price.valid_from < CAST(used.day + 1 AS TIMESTAMP)
    AND coalesce(price.valid_to > CAST(used.day AS TIMESTAMP), true)
),
rate_card AS (
  SELECT
    day,
    max(provider) AS provider,
    cluster,
    currency AS billing_currency,
    'rate_card' AS cost_basis,
    sum(CAST(CAST(gpu_hours AS DOUBLE) * CAST(unit_price AS DOUBLE) AS DECIMAL(38, 18))) AS cost
  FROM rated
  LEFT ANTI JOIN billed ON billed.day = rated.day AND billed.cluster = rated.cluster
  WHERE choice = 1
  GROUP BY day, cluster, currency
),
allocated AS (
  SELECT * FROM billed
  UNION ALL
  SELECT * FROM rate_card
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
    sum(uncached_input_tokens + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
      + output_tokens + coalesce(reasoning_tokens, 0)) AS total_tokens
  FROM token_usage
  GROUP BY day, cluster
)
SELECT
  coalesce(allocated.day, tokens.day) AS day,
  coalesce(allocated.provider, tokens.provider) AS provider,
  coalesce(tokens.region, place.region) AS region,
  coalesce(allocated.cluster, tokens.cluster) AS cluster,
  billing_currency,
  coalesce(cost_basis, 'none') AS cost_basis,
  false AS is_unallocated,
  cost,
  request_count,
  uncached_input_tokens,
  cache_read_tokens,
  cache_write_tokens,
  output_tokens,
  reasoning_tokens,
  total_tokens,
  CAST(cost AS DOUBLE) / nullif(total_tokens, 0) * 1e6 AS cost_per_million_tokens
FROM allocated
FULL JOIN tokens ON tokens.day = allocated.day AND tokens.cluster = allocated.cluster
LEFT JOIN cluster AS place ON place.cluster = allocated.cluster
UNION ALL
SELECT
  day,
  provider,
  NULL,
  NULL,
  billing_currency,
  'effective',
  true,
  cost,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL
FROM unallocated
