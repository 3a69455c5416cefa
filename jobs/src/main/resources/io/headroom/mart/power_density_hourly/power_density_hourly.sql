-- A reading stands for the time to the next one of its meter, at most an hour; the last of a day for as long as the one before it.
-- A host within a rack is part of the rack and does not stand beside it.
WITH reading AS (
  SELECT
    *,
    unix_micros(sampled_at) / 1e6 AS at_s,
    lead(unix_micros(sampled_at) / 1e6) OVER meter AS next_s,
    lag(unix_micros(sampled_at) / 1e6) OVER meter AS previous_s
  FROM power_sample
  WHERE scope = 'rack' OR (scope = 'node' AND rack IS NULL)
  WINDOW meter AS (PARTITION BY day, meter_id ORDER BY sampled_at)
),
metered AS (
  SELECT
    day,
    date_trunc('HOUR', sampled_at) AS hour,
    provider,
    region,
    cluster,
    rack,
    node,
    'metered' AS power_basis,
    power_w,
    CAST(least(coalesce(next_s - at_s, at_s - previous_s, 0), 3600) AS DECIMAL(10, 6)) AS seconds
  FROM reading
),
rack_power AS (
  SELECT
    day,
    date_trunc('HOUR', instant) AS hour,
    provider,
    region,
    cluster,
    rack,
    CAST(NULL AS STRING) AS node,
    'gpu_sum' AS power_basis,
    CAST(sum(CAST(gpu_energy_j AS DECIMAL(18, 3))) AS DOUBLE) / first(interval_s) AS power_w,
    CAST(first(interval_s) AS DECIMAL(10, 6)) AS seconds
  FROM rack_instant
  WHERE gpu_energy_j IS NOT NULL
  GROUP BY day, instant, interval_s, provider, region, cluster, rack
),
instant_power AS (
  SELECT * FROM metered
  UNION ALL
  SELECT rack_power.*
  FROM rack_power
  LEFT ANTI JOIN metered
    ON metered.cluster <=> rack_power.cluster AND metered.rack = rack_power.rack AND metered.hour = rack_power.hour
),
hourly AS (
  SELECT
    day,
    hour,
    provider,
    region,
    cluster,
    rack,
    node,
    power_basis,
    percentile(power_w, 0.95) AS p95_power_w,
    max(power_w) AS max_power_w,
    CAST(sum(seconds) AS DOUBLE) AS covered_s,
    CAST(sum(CAST(power_w * seconds AS DECIMAL(18, 3))) AS DOUBLE) AS energy_j
  FROM instant_power
  GROUP BY day, hour, provider, region, cluster, rack, node, power_basis
),
observed AS (
  SELECT
    date_trunc('HOUR', instant) AS hour,
    cluster,
    rack,
    CAST(max(at_once) AS DOUBLE) AS tgp_w
  FROM (
    SELECT cluster, rack, instant, sum(CAST(gpu_seconds / interval_s * tgp_w AS DECIMAL(14, 3))) AS at_once
    FROM rack_instant
    JOIN (SELECT accelerator, tgp_w FROM accelerator) USING (accelerator)
    GROUP BY cluster, rack, instant
  )
  GROUP BY 1, 2, 3
)
SELECT
  hourly.day,
  hourly.hour,
  hourly.provider,
  hourly.region,
  hourly.cluster,
  hourly.rack,
  node,
  power_basis,
  energy_j / nullif(covered_s, 0) AS mean_power_w,
  p95_power_w,
  max_power_w,
  covered_s,
  energy_j,
  tgp_w,
  CASE WHEN hourly.rack IS NOT NULL THEN nameplate.rack_nameplate_w END AS nameplate_w
FROM hourly
LEFT JOIN observed
  ON observed.hour = hourly.hour AND observed.cluster <=> hourly.cluster AND observed.rack = hourly.rack
LEFT JOIN cluster AS nameplate ON nameplate.cluster = hourly.cluster
