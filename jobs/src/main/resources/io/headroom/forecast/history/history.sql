-- Daily actuals of the series that are forecast: by provider and region, by provider, and of the fleet.
--
-- Only complete days are told, judged cluster by cluster:
--   gpu_hours  GPU-hours that tell allocation, of accelerators with known H100 equivalents, are at least 95 % of the
--              cluster's GPUs x 24. Its GPUs are the most seen within the last 7 days (of a day, the 90th percentile of
--              its hours), or the installed GPUs of staging.cluster where those are more. These count from the first
--              day that telemetry reached 95 % of them, and always where it never did.
--   mw         metered time is at least 95 % of 24 h of all racks, and all hosts outside any rack, that were seen within
--              the last 7 days. What GPU boards draw is not IT power: a cluster without meters has no mw.
--   tokens     any day between the cluster's first and last; its first only if usage starts at midnight, its last
--              only if usage reaches the next midnight.
-- What is covered stands for the rest of such a day, so that the last 5 % do not make it dip.
--
-- A region or a total is told for a day only where every cluster of it is told that runs on that day. A cluster runs
-- from its first complete day to the last on which anything of it was seen; one that was seen within the last 7 days of
-- the measure still runs, so that late telemetry shortens a series and never makes it dip. Other days are left out, not
-- 0.
--
-- Sums are exact (decimal), so that they do not depend on the order of rows.
WITH usage_by_hour AS (
  SELECT
    coalesce(provider, 'unknown') AS provider,
    coalesce(region, 'unknown') AS region,
    coalesce(cluster, 'unknown') AS cluster,
    day,
    hour,
    sum(CAST(installed_gpu_hours AS DECIMAL(18, 6))) AS gpus,
    sum(CAST(allocated_h100e_hours AS DECIMAL(28, 9))) AS amount,
    sum(CASE WHEN allocated_h100e_hours IS NOT NULL
      THEN CAST(allocated_reporting_gpu_hours AS DECIMAL(18, 6)) END) AS covered
  FROM utilisation_hourly
  GROUP BY ALL
),
usage_by_cluster AS (
  SELECT
    provider,
    region,
    cluster,
    day,
    sum(amount) AS amount,
    sum(covered) AS covered,
    max(percentile(gpus, 0.9)) OVER (
      PARTITION BY provider, region, cluster ORDER BY day RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW) AS gpus
  FROM usage_by_hour
  GROUP BY provider, region, cluster, day
),
usage_expected AS (
  SELECT
    *,
    24 * greatest(gpus, CASE WHEN coalesce(day >= reached_on, true) THEN installed_gpus END) AS expected
  FROM (
    SELECT
      usage_by_cluster.*,
      installed_gpus,
      min(CASE WHEN gpus >= 0.95 * installed_gpus THEN day END) OVER (
        PARTITION BY usage_by_cluster.provider, usage_by_cluster.region, cluster) AS reached_on
    FROM usage_by_cluster
    LEFT JOIN (SELECT cluster, installed_gpus FROM cluster) USING (cluster)
  )
),
power_by_place AS (
  SELECT
    coalesce(provider, 'unknown') AS provider,
    coalesce(region, 'unknown') AS region,
    coalesce(cluster, 'unknown') AS cluster,
    struct(rack, node) AS place,
    day,
    sum(CASE WHEN power_basis = 'metered' THEN CAST(energy_j AS DECIMAL(28, 9)) END) AS energy_j,
    sum(CASE WHEN power_basis = 'metered' THEN CAST(covered_s AS DECIMAL(18, 6)) END) AS covered
  FROM power_density_hourly
  WHERE level = 'rack' OR level = 'node' AND rack IS NULL
  GROUP BY ALL
),
power_seen AS (
  SELECT
    * EXCEPT (day, energy_j, covered),
    seen_on AS day,
    seen_on = day AS is_seen,
    CASE WHEN seen_on = day THEN energy_j END AS energy_j,
    CASE WHEN seen_on = day THEN covered END AS covered
  FROM (
    SELECT *, lead(day) OVER (PARTITION BY provider, region, cluster, place ORDER BY day) AS next_day
    FROM power_by_place
  )
  LATERAL VIEW explode(sequence(day, least(next_day - 1, day + 6))) AS seen_on
),
power_by_cluster AS (
  SELECT
    provider,
    region,
    cluster,
    day,
    sum(energy_j) / 86400 / 1000000 AS amount,
    sum(covered) AS covered,
    count(*) * 86400 AS expected
  FROM power_seen
  GROUP BY provider, region, cluster, day
  HAVING bool_or(is_seen)
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
  FROM token_hourly
  GROUP BY ALL
),
bounded_tokens AS (
  SELECT
    *,
    min(day) OVER (PARTITION BY provider, region, cluster) AS first_day,
    max(day) OVER (PARTITION BY provider, region, cluster) AS last_day
  FROM tokens_by_cluster
),
judged AS (
  SELECT
    'gpu_hours' AS measure,
    provider,
    region,
    cluster,
    day,
    CASE WHEN covered >= 0.95 * expected
      THEN CAST(CAST(amount AS DOUBLE) / CAST(covered AS DOUBLE) * expected AS DECIMAL(38, 12)) END AS amount
  FROM usage_expected
  UNION ALL
  SELECT
    'mw',
    provider,
    region,
    cluster,
    day,
    CASE WHEN covered >= 0.95 * expected
      THEN CAST(CAST(amount AS DOUBLE) / CAST(covered AS DOUBLE) * expected AS DECIMAL(38, 12)) END
  FROM power_by_cluster
  UNION ALL
  SELECT
    'tokens',
    provider,
    region,
    cluster,
    day,
    CASE WHEN (day > first_day OR started_at <= CAST(day AS TIMESTAMP))
      AND (day < last_day OR ended_at >= CAST(date_add(day, 1) AS TIMESTAMP))
      THEN CAST(amount AS DECIMAL(38, 12)) END
  FROM bounded_tokens
),
complete AS (
  SELECT *
  FROM judged
  WHERE amount IS NOT NULL
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
    min(CASE WHEN amount IS NOT NULL THEN day END) AS first_day,
    CASE WHEN max(day) >= date_sub(last_day, 7) THEN last_day ELSE max(day) END AS last_day
  FROM judged
  JOIN last_days USING (measure)
  GROUP BY measure, provider, region, cluster, last_days.last_day
  HAVING count(amount) > 0
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
