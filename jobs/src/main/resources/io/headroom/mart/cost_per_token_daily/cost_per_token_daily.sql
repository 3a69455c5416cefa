-- Where a cluster has a bill, its effective cost counts; where it has none, its GPU-hours times the price: that of the most
-- specific scope that holds on the day (cluster, region, accelerator), of these the one known last, of these the one that
-- began last. Where these still differ in price or currency, or a part of the GPU-hours has none, the cost is not known.
--
-- A cluster's GPUs on a day are those that mart.installed_capacity_daily says are energised.
--
-- Tokens are told once: a cluster that costs several currencies has them on the row of the most charges, on the rate card of
-- the most GPU-hours. Cost that names no cluster stays visible as unallocated.
--
-- Only the serving share of a cluster's cost is for its tokens. Its idle GPU-hours and those of no told workload are shared
-- in the same proportion.
WITH billed AS (
  SELECT
    day,
    max(provider) AS provider,
    cluster,
    billing_currency,
    'effective' AS cost_basis,
    sum(effective_cost) AS cost,
    CAST(sum(charge_count) AS DOUBLE) AS weight
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
installed AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    CASE WHEN count(DISTINCT accelerator) = 1 THEN max(accelerator) END AS accelerator,
    sum(energised_gpus) AS gpus_of_day
  FROM installed_capacity_daily
  GROUP BY day, cluster
),
seen AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    accelerator,
    sum(CAST(installed_gpu_hours AS DECIMAL(18, 6))) AS gpu_hours,
    count(*) OVER (PARTITION BY day, cluster) AS parts
  FROM utilisation_hourly
  GROUP BY day, provider, region, cluster, accelerator
),
used AS (
  SELECT
    day,
    seen.provider,
    seen.region,
    cluster,
    seen.accelerator,
    greatest(
      CAST(gpu_hours AS DOUBLE),
      CASE WHEN parts = 1 AND coalesce(seen.accelerator = installed.accelerator, true) THEN gpus_of_day * 24 END) AS gpu_hours
  FROM seen
  LEFT JOIN installed USING (day, cluster)
  UNION ALL
  SELECT DISTINCT day, installed.provider, installed.region, cluster, installed.accelerator, gpus_of_day * 24
  FROM token_hourly
  LEFT ANTI JOIN seen USING (day, cluster)
  JOIN installed USING (day, cluster)
  WHERE gpus_of_day > 0
),
offered AS (
  SELECT
    used.*,
    unit_price,
    currency,
    rank() OVER (
      PARTITION BY used.day, used.provider, used.region, used.cluster, used.accelerator
      ORDER BY
        price.cluster IS NULL,
        price.region IS NULL,
        price.accelerator IS NULL,
        price.known_at DESC,
        price.valid_from DESC
    ) AS choice
  FROM used
  LEFT JOIN price
    ON price.unit = 'gpu_hour'
    AND price.pricing_category <> 'benchmark'
    AND price.provider = used.provider
    AND coalesce(price.cluster, used.cluster) = used.cluster
    AND coalesce(price.region, used.region) <=> used.region
    AND coalesce(price.accelerator, used.accelerator) <=> used.accelerator
    AND price.valid_from < CAST(used.day + 1 AS TIMESTAMP)
    AND coalesce(price.valid_to > CAST(used.day AS TIMESTAMP), true)
),
rated AS (
  SELECT
    day,
    provider,
    cluster,
    gpu_hours,
    count(unit_price) > 0 AS is_offered,
    CASE WHEN count(DISTINCT unit_price, currency) = 1 THEN max(currency) END AS currency,
    CASE WHEN count(DISTINCT unit_price, currency) = 1 THEN max(unit_price) END AS unit_price
  FROM offered
  WHERE choice = 1
  GROUP BY day, provider, region, cluster, accelerator, gpu_hours
),
rate_card AS (
  SELECT
    day,
    max(provider) AS provider,
    cluster,
    CASE WHEN is_priced THEN currency END AS billing_currency,
    CASE WHEN is_priced THEN 'rate_card' ELSE 'unpriced' END AS cost_basis,
    CASE WHEN is_priced THEN sum(CAST(gpu_hours * CAST(unit_price AS DOUBLE) AS DECIMAL(38, 18))) END AS cost,
    CAST(sum(CAST(gpu_hours AS DECIMAL(18, 6))) AS DOUBLE) AS weight
  FROM (
    SELECT
      *,
      every(unit_price IS NOT NULL) OVER (PARTITION BY day, cluster) AS is_priced,
      bool_or(is_offered) OVER (PARTITION BY day, cluster) AS is_any_offered
    FROM rated
  )
  LEFT ANTI JOIN billed USING (day, cluster)
  WHERE is_any_offered
  GROUP BY day, cluster, is_priced, CASE WHEN is_priced THEN currency END
),
allocated AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY day, cluster ORDER BY weight DESC, billing_currency) = 1 AS has_tokens
  FROM (SELECT * FROM billed UNION ALL SELECT * FROM rate_card)
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
serving AS (
  SELECT day, cluster, CAST(sum(CASE WHEN workload <> 'training' THEN hours ELSE 0 END) / sum(hours) AS DOUBLE) AS share
  FROM (
    SELECT *, CAST(allocated_gpu_hours * coalesce(h100_equivalents, 1) AS DECIMAL(18, 6)) AS hours
    FROM utilisation_hourly
    WHERE workload IS NOT NULL AND allocated_gpu_hours > 0
  )
  GROUP BY day, cluster
),
told AS (
  SELECT
    coalesce(allocated.day, tokens.day) AS day,
    coalesce(allocated.provider, tokens.provider) AS provider,
    tokens.region,
    coalesce(allocated.cluster, tokens.cluster) AS cluster,
    billing_currency,
    coalesce(cost_basis, 'none') AS cost_basis,
    cost,
    request_count,
    uncached_input_tokens,
    cache_read_tokens,
    cache_write_tokens,
    output_tokens,
    reasoning_tokens,
    total_tokens
  FROM allocated
  FULL JOIN tokens ON tokens.day = allocated.day AND tokens.cluster = allocated.cluster AND has_tokens
),
shared AS (
  SELECT
    told.*,
    coalesce(told.region, place.region) AS place_region,
    CASE WHEN told.cluster IS NOT NULL THEN coalesce(share, 1) END AS serving_share,
    CASE WHEN coalesce(share, 1) = 1 THEN cost ELSE CAST(CAST(cost AS DOUBLE) * share AS DECIMAL(38, 18)) END AS serving_cost,
    max(total_tokens) OVER (PARTITION BY told.day, told.cluster) AS tokens_of_cluster
  FROM told
  LEFT JOIN serving ON serving.day = told.day AND serving.cluster = told.cluster
  LEFT JOIN cluster AS place ON place.cluster = told.cluster
)
SELECT
  day,
  provider,
  place_region AS region,
  cluster,
  billing_currency,
  cost_basis,
  false AS is_unallocated,
  cost,
  serving_share,
  serving_cost,
  request_count,
  uncached_input_tokens,
  cache_read_tokens,
  cache_write_tokens,
  output_tokens,
  reasoning_tokens,
  total_tokens,
  CASE WHEN serving_share > 0 THEN CAST(serving_cost AS DOUBLE) / nullif(tokens_of_cluster, 0) * 1e6 END
    AS cost_per_million_tokens
FROM shared
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
  NULL,
  NULL,
  NULL
FROM unallocated
