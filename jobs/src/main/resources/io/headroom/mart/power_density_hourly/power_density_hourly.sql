-- Power of a place, which is a rack or a host outside any rack: at each moment the sum of what its meters read, so that
-- parallel feeds add up, else of what its GPU boards draw.
--
-- A reading stands for the time to the next one of its meter, at most an hour; the last of a day for as long as the one
-- before it; none beyond midnight, and a single one of a day for no time. GPU boards draw what rack_instant says.
--
-- Of an hour those moments count at which as many meters read, or GPUs tell their power, as at any moment of it: when a feed
-- or a GPU falls silent, the time covered shrinks, not the power.
--
-- A rack that has a meter of its own in the hour is not also told by its hosts' meters. One that has none is the sum of
-- its hosts' meters, where they leave out no host that telemetry saw in the rack that day; else its GPU boards tell.
WITH reading AS (
  SELECT
    *,
    unix_micros(sampled_at) AS at_us,
    lead(unix_micros(sampled_at)) OVER meter AS next_us,
    lag(unix_micros(sampled_at)) OVER meter AS previous_us
  FROM power_sample
  WHERE scope IN ('rack', 'node')
  WINDOW meter AS (PARTITION BY day, meter_id ORDER BY sampled_at)
),
standing AS (
  SELECT
    *,
    at_us AS from_us,
    least(
      coalesce(next_us, 2 * at_us - previous_us),
      at_us + 3600000000,
      (unix_date(day) + 1) * 86400000000) AS to_us
  FROM reading
  WHERE coalesce(next_us, previous_us) IS NOT NULL
),
reading_of_hour AS (
  SELECT
    day,
    timestamp_seconds(hour_number * 3600) AS hour,
    provider,
    region,
    cluster,
    rack,
    node,
    scope = 'rack' AS is_of_rack,
    bool_or(scope = 'rack') OVER (PARTITION BY cluster, rack, hour_number) AS is_rack_metered,
    greatest(from_us, hour_number * 3600000000) AS from_us,
    least(to_us, (hour_number + 1) * 3600000000) AS to_us,
    CAST(power_w AS DECIMAL(16, 6)) AS power_w
  FROM standing
  LATERAL VIEW explode(sequence(from_us DIV 3600000000, (to_us - 1) DIV 3600000000)) AS hour_number
),
told AS (
  SELECT *
  FROM reading_of_hour
  WHERE is_of_rack OR rack IS NULL OR NOT is_rack_metered
),
metered_host AS (
  SELECT DISTINCT day, hour, cluster, rack, node
  FROM told
  WHERE NOT is_of_rack AND rack IS NOT NULL
),
seen_host AS (
  SELECT DISTINCT day, cluster, rack, node
  FROM gpu_sample
  LEFT SEMI JOIN metered_host USING (day, cluster, rack)
),
partly_metered AS (
  SELECT DISTINCT hour, cluster, rack
  FROM (SELECT DISTINCT day, hour, cluster, rack FROM metered_host)
  JOIN seen_host USING (day, cluster, rack)
  LEFT ANTI JOIN metered_host USING (day, hour, cluster, rack, node)
),
metered AS (
  SELECT
    day,
    hour,
    provider,
    region,
    cluster,
    rack,
    CASE WHEN rack IS NULL THEN node END AS node,
    'metered' AS power_basis,
    from_us,
    to_us,
    power_w,
    CAST(1 AS DECIMAL(12, 3)) AS readings
  FROM told
  LEFT ANTI JOIN partly_metered USING (hour, cluster, rack)
),
boards AS (
  SELECT
    day,
    date_trunc('HOUR', instant) AS hour,
    provider,
    region,
    cluster,
    rack,
    node,
    'gpu_sum' AS power_basis,
    unix_micros(instant) AS from_us,
    unix_micros(instant) + CAST(interval_s * 1e6 AS BIGINT) AS to_us,
    CAST(CAST(sum(CAST(gpu_energy_j AS DECIMAL(18, 3))) AS DOUBLE) / interval_s AS DECIMAL(16, 6)) AS power_w,
    CAST(CAST(sum(CAST(power_reporting_gpu_seconds AS DECIMAL(16, 6))) AS DOUBLE) / interval_s AS DECIMAL(12, 3)) AS readings
  FROM rack_instant
  WHERE gpu_energy_j IS NOT NULL
  GROUP BY day, instant, interval_s, provider, region, cluster, rack, node
),
drawn AS (
  SELECT * FROM metered
  UNION ALL
  SELECT boards.*
  FROM boards
  LEFT ANTI JOIN metered
    ON metered.hour = boards.hour
    AND metered.cluster <=> boards.cluster
    AND metered.rack <=> boards.rack
    AND metered.node <=> boards.node
),
moment AS (
  SELECT
    place,
    (lead(at_us) OVER so_far) - at_us AS length_us,
    sum(sum(step_w)) OVER so_far AS power_w,
    sum(sum(step)) OVER so_far AS readings
  FROM (
    SELECT struct(day, hour, provider, region, cluster, rack, node, power_basis) AS place, from_us, to_us, power_w, readings
    FROM drawn
  )
  LATERAL VIEW stack(2, from_us, power_w, readings, to_us, -power_w, -readings) AS at_us, step_w, step
  GROUP BY place, at_us
  WINDOW so_far AS (PARTITION BY place ORDER BY at_us)
),
counted AS (
  SELECT place, CAST(power_w AS DOUBLE) AS power_w, length_us
  FROM (SELECT *, max(readings) OVER (PARTITION BY place) AS most_readings FROM moment)
  WHERE readings = most_readings
),
hourly AS (
  SELECT
    place,
    percentile(power_w, 0.95, length_us) AS p95_power_w,
    max(power_w) AS max_power_w,
    sum(length_us) / 1e6 AS covered_s,
    CAST(sum(CAST(power_w * (length_us / 1e6) AS DECIMAL(18, 3))) AS DOUBLE) AS energy_j
  FROM counted
  GROUP BY place
),
observed AS (
  SELECT
    date_trunc('HOUR', instant) AS hour,
    cluster,
    rack,
    node,
    CAST(max(at_once) AS DOUBLE) AS tgp_w
  FROM (
    SELECT cluster, rack, node, instant, sum(CAST(gpu_seconds / interval_s * tgp_w AS DECIMAL(14, 3))) AS at_once
    FROM rack_instant
    JOIN (SELECT accelerator, tgp_w FROM accelerator) USING (accelerator)
    GROUP BY cluster, rack, node, instant
  )
  GROUP BY 1, 2, 3, 4
)
SELECT
  place.day,
  place.hour,
  place.provider,
  place.region,
  place.cluster,
  place.rack,
  place.node,
  place.power_basis,
  energy_j / covered_s AS mean_power_w,
  p95_power_w,
  max_power_w,
  covered_s,
  energy_j,
  tgp_w,
  CASE WHEN place.rack IS NOT NULL THEN nameplate.rack_nameplate_w END AS nameplate_w
FROM hourly
LEFT JOIN observed
  ON observed.hour = place.hour
  AND observed.cluster <=> place.cluster
  AND observed.rack <=> place.rack
  AND observed.node <=> place.node
LEFT JOIN cluster AS nameplate ON nameplate.cluster = place.cluster
