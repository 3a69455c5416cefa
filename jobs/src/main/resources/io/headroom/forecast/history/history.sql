-- Daily actuals of the series that are forecast: by provider and region, by provider, and of the fleet.
--
-- Only complete days are told, judged cluster by cluster:
--   gpu_hours, mw  all 24 hours of the day have a figure;
--   tokens         any day between the cluster's first and last; its first only if usage starts at midnight, its last
--                  only if usage reaches the next midnight.
-- A region or a total is told for a day only where every cluster of it is told that runs on that day. A cluster runs
-- from its first complete day to its last; one that was complete within the last 7 days of the measure still runs, so
-- that late telemetry shortens a series and never makes it dip. Other days are left out, not 0.
--
-- Sums are exact (decimal), so that they do not depend on the order of rows.
WITH usage_by_cluster AS (
  SELECT
    coalesce(provider, 'unknown') AS provider,
    coalesce(region, 'unknown') AS region,
    coalesce(cluster, 'unknown') AS cluster,
    day,
    sum(CAST(allocated_h100e_hours AS DECIMAL(28, 9))) AS amount,
    count(DISTINCT CASE WHEN allocated_h100e_hours IS NOT NULL THEN hour END) AS hours
  FROM utilisation_hourly
  GROUP BY ALL
),
power_by_cluster AS (
  SELECT
    coalesce(provider, 'unknown') AS provider,
    coalesce(region, 'unknown') AS region,
    coalesce(cluster, 'unknown') AS cluster,
    day,
    sum(CAST(energy_j AS DECIMAL(28, 9))) / 86400 / 1000000 AS amount,
    count(DISTINCT CASE WHEN energy_j IS NOT NULL THEN hour END) AS hours
  FROM power_density_hourly
  GROUP BY ALL
),
tokens_by_cluster AS (
  SELECT
    coalesce(provider, 'unknown') AS provider,
    coalesce(region, 'unknown') AS region,
    coalesce(cluster, 'unknown') AS cluster,
    day,
    sum(CAST(uncached_input_tokens AS DECIMAL(28, 0))
      + coalesce(cache_read_tokens, 0)
      + coalesce(cache_write_tokens, 0)
      + output_tokens
      + coalesce(reasoning_tokens, 0)) AS amount,
    min(started_at) AS started_at,
    max(ended_at) AS ended_at
  FROM token_usage
  GROUP BY ALL
),
bounded_tokens AS (
  SELECT
    *,
    min(day) OVER (PARTITION BY provider, region, cluster) AS first_day,
    max(day) OVER (PARTITION BY provider, region, cluster) AS last_day
  FROM tokens_by_cluster
),
complete AS (
  SELECT 'gpu_hours' AS measure, provider, region, cluster, day, CAST(amount AS DECIMAL(38, 12)) AS amount
  FROM usage_by_cluster
  WHERE hours = 24
  UNION ALL
  SELECT 'mw', provider, region, cluster, day, CAST(amount AS DECIMAL(38, 12))
  FROM power_by_cluster
  WHERE hours = 24
  UNION ALL
  SELECT 'tokens', provider, region, cluster, day, CAST(amount AS DECIMAL(38, 12))
  FROM bounded_tokens
  WHERE (day > first_day OR started_at <= CAST(day AS TIMESTAMP))
    AND (day < last_day OR ended_at >= CAST(date_add(day, 1) AS TIMESTAMP))
),
last_days AS (
  SELECT measure, max(day) AS last_day
  FROM complete
  GROUP BY measure
),
running AS (
  SELECT
    measure,
    provider,
    region,
    cluster,
    min(day) AS first_day,
    CASE WHEN max(day) >= date_sub(last_day, 7) THEN last_day ELSE max(day) END AS last_day
  FROM complete
  JOIN last_days USING (measure)
  GROUP BY measure, provider, region, cluster, last_days.last_day
),
expected AS (
  SELECT measure, provider, region, cluster, explode(sequence(first_day, last_day)) AS day
  FROM running
),
told AS (
  SELECT
    day,
    measure,
    coalesce(provider, 'all') AS provider,
    coalesce(region, 'all') AS region,
    CAST(sum(amount) AS DOUBLE) AS value
  FROM expected
  LEFT JOIN complete USING (measure, provider, region, cluster, day)
  GROUP BY GROUPING SETS ((measure, day, provider, region), (measure, day, provider), (measure, day))
  HAVING count(*) = count(amount)
)
SELECT day, measure, provider, region, CAST(format_string('%.8e', value) AS DOUBLE) AS value
FROM told
