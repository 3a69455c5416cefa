-- A device is expected on every day, of those of which there is any telemetry, from one on which it was seen to the sixth
-- after it; so a cluster that falls silent is seen to, for as long.
WITH device AS (
  SELECT
    *,
    coalesce(counter_resets, 0) + CASE
      WHEN lag(day) OVER earlier = day - 1 AND first_counter < lag(last_counter) OVER earlier THEN 1
      ELSE 0
    END AS falls,
    max(last_sampled_at) OVER (PARTITION BY day, source, target, cluster) AS last_of_cluster
  FROM telemetry_device_daily
  WINDOW earlier AS (PARTITION BY source, target, cluster, node, device ORDER BY day)
),
expected AS (
  SELECT on_day AS day, source, target, cluster, count(DISTINCT device) AS devices
  FROM (
    SELECT source, target, cluster, device, explode(sequence(day, day + 6)) AS on_day
    FROM telemetry_device_daily
  )
  WHERE on_day IN (SELECT day FROM telemetry_device_daily)
  GROUP BY on_day, source, target, cluster
),
told AS (
  SELECT
    day,
    source,
    target,
    cluster,
    count(DISTINCT device) AS devices,
    least(sum(CAST(covered_s AS DECIMAL(20, 6))), count(DISTINCT device) * 86400) AS covered_s,
    sum(samples) AS samples,
    max(last_sampled_at) AS last_sampled_at,
    min(last_known_at) FILTER (WHERE last_sampled_at = last_of_cluster) AS last_known_at,
    sum(late_samples) AS late,
    sum(future_samples) AS future,
    count(last_counter) AS counting,
    sum(falls) FILTER (WHERE last_counter IS NOT NULL) AS falls,
    array_distinct(flatten(collect_list(told_fields))) AS fields
  FROM device
  GROUP BY day, source, target, cluster
),
host AS (
  SELECT day, source, target, cluster, node, mode(phase_s, true) AS phase_s, max(interval_s) AS interval_s
  FROM telemetry_device_daily
  WHERE node IS NOT NULL AND phase_s IS NOT NULL
  GROUP BY day, source, target, cluster, node
),
phase AS (
  SELECT
    day,
    source,
    target,
    cluster,
    count(*) AS hosts,
    count_if(least(pmod(phase_s - common_s, interval_s), pmod(common_s - phase_s, interval_s))
      > greatest(1, interval_s / 100)) AS out_of_phase
  FROM (
    SELECT host.*, common_s
    FROM host
    JOIN (
      SELECT day, source, target, cluster, mode(phase_s, true) AS common_s
      FROM host
      GROUP BY day, source, target, cluster
    ) AS common
      ON common.day = host.day
      AND common.source = host.source
      AND common.target = host.target
      AND common.cluster <=> host.cluster
  )
  GROUP BY day, source, target, cluster
),
sampled AS (
  SELECT
    expected.day,
    expected.source,
    expected.target,
    expected.cluster,
    expected.devices AS expected_devices,
    coalesce(told.devices, 0) AS seen_devices,
    expected.devices * 86400e0 AS expected_s,
    CASE WHEN told.day IS NULL THEN 0 ELSE CAST(told.covered_s AS DOUBLE) END AS covered_s,
    coalesce(samples, 0) AS samples,
    last_sampled_at,
    (unix_micros(last_known_at) - unix_micros(last_sampled_at)) / 3600e6 AS freshness_h,
    late,
    future,
    CASE WHEN hosts >= 3 AND out_of_phase < 0.5 * hosts THEN hosts END AS hosts,
    CASE WHEN hosts >= 3 AND out_of_phase < 0.5 * hosts THEN out_of_phase END AS out_of_phase,
    nullif(counting, 0) AS counting,
    falls,
    CASE
      WHEN expected.target = 'gpu_sample' THEN array_except(
        array('is_healthy', 'is_allocated', 'gpu_util', 'sm_active', 'tensor_active', 'dram_active', 'power_w',
          'energy_counter_j'),
        fields)
      WHEN expected.target = 'power_sample' THEN array_except(array('power_w', 'energy_counter_j'), fields)
    END AS null_fields
  FROM expected
  LEFT JOIN told
    ON told.day = expected.day
    AND told.source = expected.source
    AND told.target = expected.target
    AND told.cluster <=> expected.cluster
  LEFT JOIN phase
    ON phase.day = expected.day
    AND phase.source = expected.source
    AND phase.target = expected.target
    AND phase.cluster <=> expected.cluster
),
delivered AS (
  SELECT
    CAST(known_at AS DATE) AS day,
    source,
    target,
    count(*) AS files,
    count(problem) AS refused_files,
    sum(used_records) AS used_records,
    sum(received_rows) AS received_rows,
    sum(duplicate_rows) AS duplicate_rows,
    sum(rejected_rows) AS rejected_rows,
    sum(unparsable_records) AS unparsable_records
  FROM delivery
  GROUP BY CAST(known_at AS DATE), source, target
),
quirk AS (
  SELECT day, source, target, map_from_entries(sort_array(collect_list(struct(name, records)))) AS quirks, sum(records) AS records
  FROM (
    SELECT CAST(known_at AS DATE) AS day, source, target, name, sum(records) AS records
    FROM delivery
    LATERAL VIEW explode(quirks) AS name, records
    GROUP BY CAST(known_at AS DATE), source, target, name
  )
  GROUP BY day, source, target
),
part AS (
  SELECT
    *,
    array(
      struct(40e0 AS weight, covered_s / expected_s AS part),
      struct(10e0 AS weight, CASE WHEN freshness_h IS NOT NULL THEN least(greatest((168 - freshness_h) / 144, 0), 1) END AS part),
      struct(5e0 AS weight, 1 - late / nullif(samples, 0) AS part),
      struct(10e0 AS weight, 1 - greatest(future / nullif(samples, 0), out_of_phase / hosts) AS part),
      struct(5e0 AS weight, CASE WHEN counting IS NOT NULL THEN greatest(1 - falls / counting, 0) END AS part),
      struct(10e0 AS weight, CASE WHEN target = 'gpu_sample' THEN 1 - size(null_fields) / 8 END AS part)) AS parts
  FROM sampled
)
SELECT
  day,
  'samples' AS told_by,
  source,
  target,
  cluster,
  expected_devices,
  seen_devices,
  expected_s,
  covered_s,
  samples,
  last_sampled_at,
  freshness_h,
  late AS late_samples,
  future AS future_samples,
  hosts,
  out_of_phase AS hosts_out_of_phase,
  counting AS counting_devices,
  falls AS counter_resets,
  null_fields,
  CAST(NULL AS BIGINT) AS files,
  CAST(NULL AS BIGINT) AS refused_files,
  CAST(NULL AS BIGINT) AS used_records,
  CAST(NULL AS BIGINT) AS received_rows,
  CAST(NULL AS BIGINT) AS duplicate_rows,
  CAST(NULL AS BIGINT) AS rejected_rows,
  CAST(NULL AS BIGINT) AS unparsable_records,
  CAST(NULL AS MAP<STRING, BIGINT>) AS quirks,
  round(
    100 * aggregate(filter(parts, p -> p.part IS NOT NULL), 0e0, (sum, p) -> sum + p.weight * p.part)
      / nullif(aggregate(filter(parts, p -> p.part IS NOT NULL), 0e0, (sum, p) -> sum + p.weight), 0),
    2) AS score
FROM part
UNION ALL
SELECT
  day,
  'deliveries',
  source,
  target,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  files,
  refused_files,
  used_records,
  received_rows,
  duplicate_rows,
  rejected_rows,
  unparsable_records,
  coalesce(quirks, CAST(map() AS MAP<STRING, BIGINT>)),
  round(
    100 * aggregate(filter(parts, p -> p.part IS NOT NULL), 0e0, (sum, p) -> sum + p.weight * p.part)
      / nullif(aggregate(filter(parts, p -> p.part IS NOT NULL), 0e0, (sum, p) -> sum + p.weight), 0),
    2)
FROM (
  SELECT
    delivered.*,
    quirks,
    array(
      struct(25e0 AS weight, 1 - (rejected_rows + unparsable_records) / nullif(received_rows + unparsable_records, 0) AS part),
      struct(5e0 AS weight, 1 - duplicate_rows / nullif(received_rows, 0) AS part),
      struct(10e0 AS weight, CASE WHEN used_records > 0 THEN greatest(1 - coalesce(records, 0) / used_records, 0) END AS part)) AS parts
  FROM delivered
  LEFT JOIN quirk USING (day, source, target)
)
