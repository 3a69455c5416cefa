-- Sums are of decimals, so that they do not depend on the order in which rows are met.
WITH sample AS (
  SELECT
    *,
    timestamp_seconds(floor(unix_micros(sampled_at) / 1e6 / interval_s) * interval_s) AS instant,
    CAST(interval_s AS DECIMAL(8, 3)) AS seconds
  FROM gpu_sample
)
SELECT
  day,
  provider,
  region,
  cluster,
  rack,
  accelerator,
  workload,
  instant,
  interval_s,
  count(*) AS gpu_samples,
  CAST(sum(seconds) AS DOUBLE) AS gpu_seconds,
  CAST(sum(CASE WHEN is_healthy THEN seconds WHEN NOT is_healthy THEN 0 END) AS DOUBLE) AS healthy_gpu_seconds,
  CAST(sum(CASE WHEN is_allocated THEN seconds WHEN NOT is_allocated THEN 0 END) AS DOUBLE) AS allocated_gpu_seconds,
  CAST(sum(CAST(sm_active * interval_s AS DECIMAL(8, 3))) AS DOUBLE) AS sm_active_gpu_seconds,
  CAST(sum(CASE WHEN sm_active IS NOT NULL THEN seconds END) AS DOUBLE) AS sm_reporting_gpu_seconds,
  CAST(sum(CAST(tensor_active * interval_s AS DECIMAL(8, 3))) AS DOUBLE) AS tensor_active_gpu_seconds,
  CAST(sum(CASE WHEN tensor_active IS NOT NULL THEN seconds END) AS DOUBLE) AS tensor_reporting_gpu_seconds,
  CAST(sum(CAST(power_w * interval_s AS DECIMAL(12, 3))) AS DOUBLE) AS gpu_energy_j,
  CAST(sum(CASE WHEN power_w IS NOT NULL THEN seconds END) AS DOUBLE) AS power_reporting_gpu_seconds
FROM sample
GROUP BY day, instant, interval_s, provider, region, cluster, rack, accelerator, workload
