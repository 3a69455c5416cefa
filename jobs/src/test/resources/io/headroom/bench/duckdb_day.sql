CREATE MACRO is_share(x) AS x IS NULL OR x BETWEEN 0 AND 1;

CREATE VIEW judged AS
SELECT
  *,
  (
    sampled_at IS NULL OR NOT (sampled_at >= TIMESTAMPTZ '2000-01-01' AND sampled_at < TIMESTAMPTZ '2100-01-01')
    OR cluster IS NULL OR gpu_uuid IS NULL
    OR interval_s IS NULL OR NOT (interval_s > 0 AND interval_s <= 86400)
    OR NOT is_share(gpu_util) OR NOT is_share(sm_active) OR NOT is_share(tensor_active) OR NOT is_share(dram_active)
    OR power_w NOT BETWEEN 0 AND 10000
    OR NOT isfinite(coalesce(power_limit_w, 0))
  ) IS TRUE AS is_rejected
FROM read_parquet(getvariable('landing') || '/*/*.parquet', filename = true, file_row_number = true);

CREATE TEMP TABLE outline AS
SELECT hash(cluster, gpu_uuid, mig_instance, sampled_at) AS key_hash, filename, file_row_number
FROM judged
WHERE NOT is_rejected;

CREATE TEMP TABLE repeated AS
SELECT filename, file_row_number
FROM (
  SELECT
    filename,
    file_row_number,
    row_number() OVER (
      PARTITION BY cluster, gpu_uuid, mig_instance, sampled_at ORDER BY filename, file_row_number) AS n
  FROM judged
  SEMI JOIN (
    SELECT filename, file_row_number
    FROM outline
    SEMI JOIN (SELECT key_hash FROM outline GROUP BY key_hash HAVING count(*) > 1) USING (key_hash)
  ) USING (filename, file_row_number)
)
WHERE n > 1;

COPY (
  SELECT * EXCLUDE (is_rejected), CAST(sampled_at AS DATE) AS day
  FROM judged
  ANTI JOIN repeated USING (filename, file_row_number)
  WHERE NOT is_rejected
) TO '${out}/gpu_sample' (FORMAT parquet, PARTITION_BY (day));

CREATE TEMP TABLE rejected AS
SELECT
  filename,
  file_row_number,
  to_json(judged) AS raw,
  list_filter([
    CASE WHEN sampled_at IS NULL THEN 'sampled_at is missing' END,
    CASE WHEN NOT (sampled_at >= TIMESTAMPTZ '2000-01-01' AND sampled_at < TIMESTAMPTZ '2100-01-01')
      THEN 'sampled_at is not between 2000 and 2100' END,
    CASE WHEN cluster IS NULL THEN 'cluster is missing' END,
    CASE WHEN gpu_uuid IS NULL THEN 'gpu_uuid is missing' END,
    CASE WHEN interval_s IS NULL THEN 'interval_s is missing' END,
    CASE WHEN NOT (interval_s > 0 AND interval_s <= 86400) THEN 'interval_s is not within (0, 86400]' END,
    CASE WHEN NOT is_share(gpu_util) THEN 'gpu_util is not a share' END,
    CASE WHEN NOT is_share(sm_active) THEN 'sm_active is not a share' END,
    CASE WHEN NOT is_share(tensor_active) THEN 'tensor_active is not a share' END,
    CASE WHEN NOT is_share(dram_active) THEN 'dram_active is not a share' END,
    CASE WHEN power_w NOT BETWEEN 0 AND 10000 THEN 'power_w is not within [0, 10000]' END,
    CASE WHEN NOT isfinite(coalesce(power_limit_w, 0)) THEN 'power_limit_w is not a finite number' END
  ], lambda reason: reason IS NOT NULL) AS reasons
FROM judged
WHERE is_rejected;

COPY rejected TO '${out}/rejected.parquet';

CREATE TEMP TABLE rack_instant AS
SELECT
  * EXCLUDE (gpus, healthy, healthy_reporting, allocated, allocated_reporting, sm, sm_reporting, tensor, tensor_reporting,
    power, power_reporting),
  gpus AS gpu_samples,
  gpus * interval_s AS gpu_seconds,
  healthy * interval_s AS healthy_gpu_seconds,
  healthy_reporting * interval_s AS healthy_reporting_gpu_seconds,
  allocated * interval_s AS allocated_gpu_seconds,
  allocated_reporting * interval_s AS allocated_reporting_gpu_seconds,
  sm / 1e6 * interval_s AS sm_active_gpu_seconds,
  sm_reporting * interval_s AS sm_reporting_gpu_seconds,
  tensor / 1e6 * interval_s AS tensor_active_gpu_seconds,
  tensor_reporting * interval_s AS tensor_reporting_gpu_seconds,
  power / 1e3 * interval_s AS gpu_energy_j,
  power_reporting * interval_s AS power_reporting_gpu_seconds
FROM (
  SELECT
    day,
    provider,
    region,
    cluster,
    rack,
    CASE WHEN rack IS NULL THEN node END AS node,
    accelerator,
    workload,
    sampled_at AS instant,
    interval_s,
    count(*) AS gpus,
    count(*) FILTER (is_healthy) AS healthy,
    count(is_healthy) AS healthy_reporting,
    count(*) FILTER (is_allocated) AS allocated,
    count(is_allocated) AS allocated_reporting,
    sum(CAST(floor(sm_active * 1e6 + 0.5) AS BIGINT)) AS sm,
    count(sm_active) AS sm_reporting,
    sum(CAST(floor(tensor_active * 1e6 + 0.5) AS BIGINT)) AS tensor,
    count(tensor_active) AS tensor_reporting,
    sum(CAST(floor(power_w * 1e3 + 0.5) AS BIGINT)) AS power,
    count(power_w) AS power_reporting
  FROM read_parquet('${out}/gpu_sample/*/*.parquet', hive_partitioning = true)
  GROUP BY ALL
);

COPY rack_instant TO '${out}/rack_instant' (FORMAT parquet, PARTITION_BY (day));

COPY (
  SELECT
    day,
    date_trunc('hour', instant) AS hour,
    provider,
    region,
    cluster,
    accelerator,
    workload,
    sum(gpu_seconds) / 3600 AS installed_gpu_hours,
    sum(healthy_gpu_seconds) / 3600 AS healthy_gpu_hours,
    sum(healthy_reporting_gpu_seconds) / 3600 AS healthy_reporting_gpu_hours,
    sum(allocated_gpu_seconds) / 3600 AS allocated_gpu_hours,
    sum(allocated_reporting_gpu_seconds) / 3600 AS allocated_reporting_gpu_hours,
    sum(sm_active_gpu_seconds) / 3600 AS sm_active_gpu_hours,
    sum(sm_reporting_gpu_seconds) / 3600 AS sm_reporting_gpu_hours,
    sum(tensor_active_gpu_seconds) / 3600 AS tensor_active_gpu_hours,
    sum(tensor_reporting_gpu_seconds) / 3600 AS tensor_reporting_gpu_hours,
    sum(gpu_energy_j) AS gpu_energy_j
  FROM rack_instant
  GROUP BY ALL
) TO '${out}/utilisation_hourly' (FORMAT parquet, PARTITION_BY (day));

COPY (
  SELECT
    day,
    date_trunc('hour', instant) AS hour,
    provider,
    region,
    cluster,
    rack,
    node,
    sum(energy_j) / sum(interval_s) AS mean_power_w,
    quantile_cont(power_w, 0.95) AS p95_power_w,
    max(power_w) AS max_power_w,
    sum(interval_s) AS covered_s,
    sum(energy_j) AS energy_j
  FROM (
    SELECT *, energy_j / interval_s AS power_w
    FROM (
      SELECT
        day,
        instant,
        interval_s,
        provider,
        region,
        cluster,
        rack,
        node,
        sum(gpu_energy_j) AS energy_j,
        sum(power_reporting_gpu_seconds) AS told
      FROM rack_instant
      WHERE gpu_energy_j IS NOT NULL
      GROUP BY ALL
    )
    QUALIFY told = max(told) OVER (
      PARTITION BY day, date_trunc('hour', instant), provider, region, cluster, rack, node)
  )
  GROUP BY ALL
) TO '${out}/power_density_hourly' (FORMAT parquet, PARTITION_BY (day));

CREATE VIEW counts AS
SELECT read, accepted, duplicate, rejected
FROM (SELECT count(*) AS read FROM read_parquet(getvariable('landing') || '/*/*.parquet'))
CROSS JOIN (SELECT sum(gpu_samples)::BIGINT AS accepted FROM rack_instant)
CROSS JOIN (SELECT count(*) AS duplicate FROM repeated)
CROSS JOIN (SELECT count(*) AS rejected FROM rejected)
