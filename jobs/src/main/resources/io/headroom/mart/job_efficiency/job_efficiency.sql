-- Power is that of the job's own hosts within its own time, both ends included.
WITH job AS (
  SELECT *, struct(cluster, job_id, submitted_at, started_at, ended_at) AS id
  FROM job_usage
),
host AS (
  SELECT id, started_at, ended_at, cluster, explode(array_distinct(nodes)) AS node
  FROM job
),
meter AS (
  SELECT
    id,
    power_sample.node,
    meter_id,
    CAST(sum(CAST(power_w AS DECIMAL(16, 6))) AS DOUBLE) / count(*) AS mean_power_w
  FROM host
  JOIN power_sample
    ON power_sample.scope = 'node'
    AND power_sample.node = host.node
    AND power_sample.cluster <=> host.cluster
    AND power_sample.sampled_at BETWEEN host.started_at AND host.ended_at
  GROUP BY id, power_sample.node, meter_id
),
metered AS (
  SELECT
    id,
    count(*) AS meters,
    count(DISTINCT node) AS metered_hosts,
    CAST(sum(CAST(mean_power_w AS DECIMAL(18, 6))) AS DOUBLE) AS power_w
  FROM meter
  GROUP BY id
),
measured AS (
  SELECT
    job.*,
    coalesce(meters, 0) AS meters,
    coalesce(metered_hosts, 0) AS metered_hosts,
    CAST(coalesce(array_size(array_distinct(nodes)), 0) AS BIGINT) AS hosts,
    CASE WHEN metered_hosts = array_size(array_distinct(nodes)) THEN power_w END AS mean_power_w
  FROM job
  LEFT JOIN metered USING (id)
)
SELECT
  day,
  provider,
  region,
  cluster,
  job_id,
  state,
  started_at,
  ended_at,
  allocated_gpus,
  gpu_seconds,
  meters,
  metered_hosts,
  hosts,
  mean_power_w,
  mean_power_w * ((unix_micros(ended_at) - unix_micros(started_at)) / 1e6) AS energy_j,
  tokens_per_s,
  mean_power_w / tokens_per_s AS joules_per_token,
  tokens_per_s / nullif(mean_power_w, 0) * 1e6 AS tokens_per_s_per_mw
FROM measured
