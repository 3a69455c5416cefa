-- What the meters of a place read, added up at each moment, so that parallel feeds add up; and beside it what its GPU boards
-- draw.
--
-- Between two readings of a meter whose energy counter does not fall, the difference is the energy, however long that time is.
-- A fall is a reset, and more than 1e10 W is not believed: there, as where no counter is read, energy is watts times time, and
-- a reading stands for the time to the next one, at most an hour; the last of a day for as long as the one before it, none
-- beyond midnight, and a single one of a day for no time. Power is the watts read, as a counter may count in steps too coarse
-- for it; where a meter tells none, or none for an hour, the mean that its counter tells.
--
-- Of an hour those moments count at which as many meters read as at any moment of it: when a feed falls silent, the time
-- covered shrinks, not the power. Of boards those at which at least 95 % as many GPUs tell power as at any moment of the hour;
-- these stand for the rest.
WITH row_of_rack AS (
  SELECT day, cluster, rack, max(rack_row) AS rack_row
  FROM power_sample
  WHERE rack IS NOT NULL AND rack_row IS NOT NULL
  GROUP BY day, cluster, rack
),
reading AS (
  SELECT
    *,
    unix_micros(sampled_at) AS at_us,
    lead(unix_micros(sampled_at)) OVER meter AS next_us,
    lag(unix_micros(sampled_at)) OVER meter AS previous_us,
    (lead(energy_counter_j) OVER meter) - energy_counter_j AS counted_j
  FROM power_sample
  WHERE scope <> 'gpu'
  WINDOW meter AS (PARTITION BY day, meter_id ORDER BY sampled_at)
),
counter AS (
  SELECT
    *,
    CASE WHEN counted_j BETWEEN 0 AND 1e4 * (next_us - at_us) THEN counted_j / ((next_us - at_us) / 1e6) END AS counted_w
  FROM reading
  WHERE coalesce(next_us, previous_us) IS NOT NULL
),
standing AS (
  SELECT
    *,
    CASE WHEN counted_w IS NULL THEN least(
      coalesce(next_us, 2 * at_us - previous_us),
      at_us + 3600000000,
      (unix_date(day) + 1) * 86400000000)
      ELSE next_us END AS to_us,
    coalesce(CASE WHEN counted_w IS NULL OR next_us - at_us <= 3600000000 THEN power_w END, counted_w) AS told_w
  FROM counter
),
metered AS (
  SELECT
    day,
    scope AS level,
    provider,
    region,
    cluster,
    CASE WHEN scope = 'row' THEN rack_row END AS rack_row,
    CASE WHEN scope IN ('node', 'rack') THEN rack END AS rack,
    CASE WHEN scope = 'node' OR scope = 'rack' AND rack IS NULL THEN node END AS node,
    'metered' AS power_basis,
    at_us AS from_us,
    to_us,
    CAST(told_w AS DECIMAL(18, 6)) AS power_w,
    CAST(coalesce(counted_w, power_w) AS DECIMAL(18, 6)) AS energy_w,
    CAST(1 AS DECIMAL(18, 6)) AS meters,
    CAST(counted_w IS NOT NULL AS INT) AS counters
  FROM standing
  WHERE told_w IS NOT NULL
),
boards AS (
  SELECT
    day,
    CASE WHEN rack IS NULL THEN 'node' ELSE 'rack' END AS level,
    provider,
    region,
    cluster,
    CAST(NULL AS STRING) AS rack_row,
    rack,
    node,
    'gpu_sum' AS power_basis,
    unix_micros(instant) AS from_us,
    unix_micros(instant) + CAST(interval_s * 1e6 AS BIGINT) AS to_us,
    CAST(CAST(sum(CAST(gpu_energy_j AS DECIMAL(18, 3))) AS DOUBLE) / interval_s AS DECIMAL(18, 6)) AS power_w,
    CAST(CAST(sum(CAST(power_reporting_gpu_seconds AS DECIMAL(18, 6))) AS DOUBLE) / interval_s AS DECIMAL(18, 6)) AS gpus
  FROM rack_instant
  WHERE gpu_energy_j IS NOT NULL
  GROUP BY day, instant, interval_s, provider, region, cluster, rack, node
),
drawn AS (
  SELECT * FROM metered
  UNION ALL
  SELECT * EXCEPT (gpus), power_w, gpus, CAST(NULL AS INT) FROM boards
),
placed AS (
  SELECT
    struct(
      drawn.day,
      timestamp_seconds(hour_number * 3600) AS hour,
      level,
      coalesce(drawn.provider, site.provider) AS provider,
      coalesce(drawn.region, site.region) AS region,
      drawn.cluster,
      coalesce(drawn.rack_row, row_of_rack.rack_row) AS rack_row,
      drawn.rack,
      node,
      power_basis) AS place,
    greatest(from_us, hour_number * 3600000000) AS from_us,
    least(to_us, (hour_number + 1) * 3600000000) AS to_us,
    power_w,
    energy_w,
    meters,
    counters
  FROM drawn
  LEFT JOIN row_of_rack
    ON row_of_rack.day = drawn.day AND row_of_rack.cluster <=> drawn.cluster AND row_of_rack.rack = drawn.rack
  LEFT JOIN (SELECT cluster, provider, region FROM cluster) AS site ON site.cluster = drawn.cluster
  LATERAL VIEW explode(sequence(from_us DIV 3600000000, (to_us - 1) DIV 3600000000)) AS hour_number
),
moment AS (
  SELECT
    place,
    at_us,
    (lead(at_us) OVER so_far) - at_us AS length_us,
    sum(sum(step_w)) OVER so_far AS power_w,
    sum(sum(step_energy_w)) OVER so_far AS energy_w,
    sum(sum(step_meters)) OVER so_far AS meters,
    sum(sum(step_counters)) OVER so_far AS counters
  FROM placed
  LATERAL VIEW stack(2,
    from_us, power_w, energy_w, meters, counters,
    to_us, -power_w, -energy_w, -meters, -counters) AS at_us, step_w, step_energy_w, step_meters, step_counters
  GROUP BY place, at_us
  WINDOW so_far AS (PARTITION BY place ORDER BY at_us)
),
counted AS (
  SELECT
    *,
    CASE WHEN place.power_basis = 'metered' THEN 1 ELSE CAST(most / meters AS DOUBLE) END AS extent
  FROM (SELECT *, max(meters) OVER (PARTITION BY place) AS most FROM moment)
  WHERE length_us > 0 AND meters > 0
    AND meters >= CASE WHEN place.power_basis = 'metered' THEN 1 ELSE 0.95 END * most
)
SELECT
  place.day,
  place.level,
  place.provider,
  place.region,
  place.cluster,
  place.rack_row,
  place.rack,
  place.node,
  place.power_basis,
  timestamp_micros(at_us) AS instant,
  length_us / 1e6 AS interval_s,
  CAST(power_w AS DOUBLE) * extent AS power_w,
  CAST(energy_w AS DOUBLE) * extent * (length_us / 1e6) AS energy_j,
  CASE WHEN counters = 0 THEN 'watts' WHEN counters = meters THEN 'counter' WHEN counters > 0 THEN 'both' END AS energy_method
FROM counted
