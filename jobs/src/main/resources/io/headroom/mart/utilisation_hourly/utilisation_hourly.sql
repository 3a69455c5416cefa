WITH hourly AS (
  SELECT
    day,
    date_trunc('HOUR', instant) AS hour,
    provider,
    region,
    cluster,
    accelerator,
    workload,
    sum(CAST(gpu_seconds AS DECIMAL(16, 6))) AS installed,
    sum(CAST(healthy_gpu_seconds AS DECIMAL(16, 6))) AS healthy,
    sum(CAST(healthy_reporting_gpu_seconds AS DECIMAL(16, 6))) AS healthy_reporting,
    sum(CAST(allocated_gpu_seconds AS DECIMAL(16, 6))) AS allocated,
    sum(CAST(allocated_reporting_gpu_seconds AS DECIMAL(16, 6))) AS allocated_reporting,
    sum(CAST(sm_active_gpu_seconds AS DECIMAL(16, 6))) AS sm_active,
    sum(CAST(sm_reporting_gpu_seconds AS DECIMAL(16, 6))) AS sm_reporting,
    sum(CAST(tensor_active_gpu_seconds AS DECIMAL(16, 6))) AS tensor_active,
    sum(CAST(tensor_reporting_gpu_seconds AS DECIMAL(16, 6))) AS tensor_reporting,
    sum(CAST(gpu_energy_j AS DECIMAL(18, 3))) AS energy,
    sum(CAST(power_reporting_gpu_seconds AS DECIMAL(16, 6))) AS power_reporting,
    sum(CAST(counter_energy_j AS DECIMAL(18, 3))) AS counter_energy,
    sum(CAST(counter_gpu_seconds AS DECIMAL(16, 6))) AS counter_told,
    sum(energy_counter_resets) AS resets
  FROM rack_instant
  GROUP BY ALL
)
SELECT
  day,
  hour,
  provider,
  region,
  cluster,
  accelerator,
  workload,
  CAST(installed AS DOUBLE) / 3600 AS installed_gpu_hours,
  CAST(healthy AS DOUBLE) / 3600 AS healthy_gpu_hours,
  CAST(healthy_reporting AS DOUBLE) / 3600 AS healthy_reporting_gpu_hours,
  CAST(allocated AS DOUBLE) / 3600 AS allocated_gpu_hours,
  CAST(allocated_reporting AS DOUBLE) / 3600 AS allocated_reporting_gpu_hours,
  CAST(sm_active AS DOUBLE) / 3600 AS sm_active_gpu_hours,
  CAST(sm_reporting AS DOUBLE) / 3600 AS sm_reporting_gpu_hours,
  CAST(tensor_active AS DOUBLE) / 3600 AS tensor_active_gpu_hours,
  CAST(tensor_reporting AS DOUBLE) / 3600 AS tensor_reporting_gpu_hours,
  h100_equivalents,
  CAST(allocated AS DOUBLE) / 3600 * h100_equivalents AS allocated_h100e_hours,
  CAST(allocated_reporting AS DOUBLE) / 3600 * h100_equivalents AS allocated_reporting_h100e_hours,
  CAST(energy AS DOUBLE) AS gpu_energy_j,
  CAST(power_reporting AS DOUBLE) / 3600 AS power_reporting_gpu_hours,
  CAST(counter_energy AS DOUBLE) AS counter_energy_j,
  CAST(counter_told AS DOUBLE) / 3600 AS counter_gpu_hours,
  resets AS energy_counter_resets
FROM hourly
LEFT JOIN (SELECT accelerator, h100_equivalents FROM accelerator) USING (accelerator)
