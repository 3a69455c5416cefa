-- What software says a rack draws against what its own meter says, over the hours of which each covers at least 95 %: means of
-- hours, summed. Software is its GPU boards, which leave out CPUs, network, fans and losses, or the meters of all its hosts.
WITH hourly AS (
  SELECT
    day,
    date_trunc('HOUR', instant) AS hour,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    max(rack_row) AS rack_row,
    rack,
    CASE WHEN is_sum_of_parts THEN 'hosts' WHEN power_basis = 'gpu_sum' THEN 'gpu_sum' ELSE 'meter' END AS told_by,
    CAST(sum(CAST(energy_j AS DECIMAL(22, 3))) AS DOUBLE)
      / CAST(sum(CAST(interval_s AS DECIMAL(18, 6))) AS DOUBLE) * 3600 AS energy_j
  FROM power_instant
  WHERE level = 'rack' AND rack IS NOT NULL
  GROUP BY day, hour, cluster, rack, told_by
  HAVING sum(CAST(interval_s AS DECIMAL(18, 6))) >= 0.95 * 3600
),
daily AS (
  SELECT
    meter.day,
    max(meter.provider) AS provider,
    max(meter.region) AS region,
    meter.cluster,
    max(meter.rack_row) AS rack_row,
    meter.rack,
    software.told_by AS software,
    CAST(count(*) AS INT) AS hours,
    CAST(sum(CAST(software.energy_j AS DECIMAL(22, 3))) AS DOUBLE) AS software_energy_j,
    CAST(sum(CAST(meter.energy_j AS DECIMAL(22, 3))) AS DOUBLE) AS meter_energy_j
  FROM hourly AS meter
  JOIN hourly AS software
    ON software.hour = meter.hour AND software.cluster <=> meter.cluster AND software.rack = meter.rack
  WHERE meter.told_by = 'meter' AND software.told_by <> 'meter'
  GROUP BY meter.day, meter.cluster, meter.rack, software.told_by
)
SELECT
  *,
  software_energy_j / nullif(meter_energy_j, 0) AS software_share,
  (meter_energy_j - software_energy_j) / (hours * 3600) AS missing_power_w
FROM daily
