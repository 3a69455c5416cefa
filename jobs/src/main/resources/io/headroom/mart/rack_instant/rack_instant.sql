-- A sample stands for its interval, counted from midnight. That time is cut at every hour, and ends at midnight.
--
-- A MIG instance is an equal part of its GPU, and the GPU's power is the most that any of its samples tells. Where a GPU has
-- instances, a sample of the whole adds nothing but its power. 2520 parts make a GPU: any number of instances up to 10
-- divides it.
--
-- What GPUs do at once is added up as whole numbers, so that it does not depend on the order of rows, and then multiplied
-- by time.
WITH sample AS (
  SELECT
    *,
    floor((unix_micros(sampled_at) / 1e6 - unix_date(day) * 86400L) / interval_s) * interval_s AS from_s
  FROM gpu_sample
),
divided AS (
  SELECT DISTINCT day, cluster, gpu_uuid
  FROM gpu_sample
  WHERE mig_instance IS NOT NULL
),
gpu AS (
  SELECT /*+ BROADCAST(divided) */ *, 2520L AS part, power_w AS board_power_w
  FROM sample
  LEFT ANTI JOIN divided USING (day, cluster, gpu_uuid)
  UNION ALL
  SELECT * EXCEPT (instances, board_power_w), 2520L DIV greatest(instances, 1) AS part, board_power_w
  FROM (
    SELECT /*+ BROADCAST(divided) */
      *,
      size(collect_set(mig_instance) OVER gpu) AS instances,
      max(power_w) OVER gpu AS board_power_w
    FROM sample
    LEFT SEMI JOIN divided USING (day, cluster, gpu_uuid)
    WINDOW gpu AS (PARTITION BY day, cluster, gpu_uuid, from_s, interval_s)
  )
  WHERE instances = 0 OR mig_instance IS NOT NULL
),
at_once AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    rack,
    CASE WHEN rack IS NULL THEN node END AS node,
    accelerator,
    workload,
    from_s,
    least(from_s + interval_s, 86400) AS to_s,
    count(*) AS gpu_samples,
    sum(part) / 2520 AS gpus,
    sum(CASE WHEN is_healthy THEN part WHEN NOT is_healthy THEN 0 END) / 2520 AS healthy,
    sum(CASE WHEN is_healthy IS NOT NULL THEN part END) / 2520 AS healthy_reporting,
    sum(CASE WHEN is_allocated THEN part WHEN NOT is_allocated THEN 0 END) / 2520 AS allocated,
    sum(CASE WHEN is_allocated IS NOT NULL THEN part END) / 2520 AS allocated_reporting,
    sum(floor(sm_active * 1e6 + 0.5) * part) / 2520e6 AS sm_active,
    sum(CASE WHEN sm_active IS NOT NULL THEN part END) / 2520 AS sm_reporting,
    sum(floor(tensor_active * 1e6 + 0.5) * part) / 2520e6 AS tensor_active,
    sum(CASE WHEN tensor_active IS NOT NULL THEN part END) / 2520 AS tensor_reporting,
    sum(floor(board_power_w * 1e3 + 0.5) * part) / 2520e3 AS power_w,
    sum(CASE WHEN board_power_w IS NOT NULL THEN part END) / 2520 AS power_reporting
  FROM gpu
  GROUP BY ALL
),
hourly AS (
  SELECT
    *,
    greatest(from_s, hour * 3600) AS cut_from_s,
    least(to_s, (hour + 1) * 3600) - greatest(from_s, hour * 3600) AS seconds
  FROM at_once
  LATERAL VIEW explode(sequence(floor(from_s / 3600), ceil(to_s / 3600) - 1)) AS hour
)
SELECT
  day,
  provider,
  region,
  cluster,
  rack,
  node,
  accelerator,
  workload,
  timestamp_seconds(unix_date(day) * 86400L + cut_from_s) AS instant,
  seconds AS interval_s,
  CASE WHEN cut_from_s = from_s THEN gpu_samples ELSE 0 END AS gpu_samples,
  gpus * seconds AS gpu_seconds,
  healthy * seconds AS healthy_gpu_seconds,
  healthy_reporting * seconds AS healthy_reporting_gpu_seconds,
  allocated * seconds AS allocated_gpu_seconds,
  allocated_reporting * seconds AS allocated_reporting_gpu_seconds,
  sm_active * seconds AS sm_active_gpu_seconds,
  sm_reporting * seconds AS sm_reporting_gpu_seconds,
  tensor_active * seconds AS tensor_active_gpu_seconds,
  tensor_reporting * seconds AS tensor_reporting_gpu_seconds,
  power_w * seconds AS gpu_energy_j,
  power_reporting * seconds AS power_reporting_gpu_seconds
FROM hourly
