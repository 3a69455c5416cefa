-- The price of a GPU-hour is that of the most specific scope that holds on the day (cluster, region, accelerator), of these the
-- one known last, of these the one that began last. Where these still differ in price or currency, there is none.
--
-- GPUs of a day are those that mart.installed_capacity_daily says are energised, of clusters that telemetry sees or that serve
-- tokens.
WITH installed AS (
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
  WHERE cluster IS NOT NULL
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
  SELECT DISTINCT day, installed.provider, installed.region, cluster, installed.accelerator, CAST(gpus_of_day * 24 AS DOUBLE)
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
    region,
    cluster,
    accelerator,
    gpu_hours,
    count(unit_price) > 0 AS is_offered,
    CASE WHEN count(DISTINCT unit_price, currency) = 1 THEN max(currency) END AS currency,
    CASE WHEN count(DISTINCT unit_price, currency) = 1 THEN max(unit_price) END AS unit_price
  FROM offered
  WHERE choice = 1
  GROUP BY day, provider, region, cluster, accelerator, gpu_hours
)
SELECT
  *,
  CAST(gpu_hours * CAST(unit_price AS DOUBLE) AS DECIMAL(38, 18)) AS cost
FROM rated
