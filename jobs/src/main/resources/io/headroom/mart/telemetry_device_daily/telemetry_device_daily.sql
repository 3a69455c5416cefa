-- Samples are added up by hour first, since a day has millions of them, and by what adds up in any order. So a counter that
-- falls more than once in an hour is seen to fall once.
WITH sample AS (
  SELECT
    day,
    source,
    'gpu_sample' AS target,
    cluster,
    node,
    concat(gpu_uuid, coalesce('/' || mig_instance, '')) AS device,
    unix_micros(sampled_at) AS at_us,
    unix_micros(known_at) AS known_us,
    CAST(round(interval_s * 1e6) AS BIGINT) AS interval_us,
    energy_counter_j AS counter,
    shiftleft(CAST(is_healthy IS NOT NULL AS INT), 0)
      | shiftleft(CAST(is_allocated IS NOT NULL AS INT), 1)
      | shiftleft(CAST(gpu_util IS NOT NULL AS INT), 2)
      | shiftleft(CAST(sm_active IS NOT NULL AS INT), 3)
      | shiftleft(CAST(tensor_active IS NOT NULL AS INT), 4)
      | shiftleft(CAST(dram_active IS NOT NULL AS INT), 5)
      | shiftleft(CAST(power_w IS NOT NULL AS INT), 6)
      | shiftleft(CAST(energy_counter_j IS NOT NULL AS INT), 7) AS told
  FROM gpu_sample
  UNION ALL
  SELECT
    day,
    source,
    'power_sample',
    cluster,
    node,
    meter_id,
    unix_micros(sampled_at),
    unix_micros(known_at),
    NULL,
    energy_counter_j,
    shiftleft(CAST(power_w IS NOT NULL AS INT), 6) | shiftleft(CAST(energy_counter_j IS NOT NULL AS INT), 7)
  FROM power_sample
  UNION ALL
  SELECT
    day,
    source,
    'counter_sample',
    cluster,
    node,
    concat_ws('/', instance, counter, model, workload),
    unix_micros(sampled_at),
    unix_micros(known_at),
    NULL,
    value,
    0
  FROM counter_sample
),
hourly AS (
  SELECT
    day,
    source,
    target,
    cluster,
    node,
    device,
    (at_us - unix_date(day) * 86400000000L) DIV 3600000000 AS hour,
    count(*) AS samples,
    sum(interval_us) AS told_us,
    max(interval_us) AS interval_us,
    min(at_us) AS first_us,
    max(at_us) AS last_us,
    max_by(known_us, at_us) AS last_known_us,
    count_if(known_us >= (unix_date(day) + 2) * 86400000000L) AS late,
    count_if(at_us > known_us) AS future,
    min_by(counter, at_us) FILTER (WHERE counter IS NOT NULL) AS first_counter,
    max_by(counter, at_us) FILTER (WHERE counter IS NOT NULL) AS last_counter,
    min(counter) AS least_counter,
    max(counter) AS most_counter,
    bit_or(told) AS told
  FROM sample
  GROUP BY ALL
),
timed AS (
  SELECT
    * EXCEPT (interval_us),
    coalesce(
      max(interval_us) OVER device,
      least(
        min((last_us - first_us) DIV nullif(samples - 1, 0)) OVER device,
        ((max(last_us) OVER device) - (min(first_us) OVER device)) DIV nullif((sum(samples) OVER device) - 1, 0)))
      AS interval_us,
    CASE
      WHEN first_counter IS NULL THEN NULL
      WHEN last_counter < most_counter OR first_counter > least_counter THEN 1
      ELSE 0
    END AS falls_within,
    CASE WHEN first_counter < lag(last_counter) IGNORE NULLS OVER (PARTITION BY day, source, target, cluster, node, device ORDER BY hour)
      THEN 1 ELSE 0 END AS falls_before
  FROM hourly
  WINDOW device AS (PARTITION BY day, source, target, cluster, node, device)
)
SELECT
  day,
  source,
  target,
  cluster,
  node,
  device,
  sum(samples) AS samples,
  max(interval_us) / 1e6 AS interval_s,
  CASE WHEN max(interval_us) IS NOT NULL THEN
    least(sum(least(coalesce(told_us, samples * interval_us), greatest(interval_us, 3600000000))), 86400000000) / 1e6
  END AS covered_s,
  mode(CASE WHEN told_us IS NOT NULL THEN pmod(first_us, interval_us) DIV 1000000 END, true) AS phase_s,
  timestamp_micros(max(last_us)) AS last_sampled_at,
  timestamp_micros(max_by(last_known_us, last_us)) AS last_known_at,
  sum(late) AS late_samples,
  sum(future) AS future_samples,
  min_by(first_counter, hour) FILTER (WHERE first_counter IS NOT NULL) AS first_counter,
  max_by(last_counter, hour) FILTER (WHERE last_counter IS NOT NULL) AS last_counter,
  CAST(sum(falls_within + falls_before) AS BIGINT) AS counter_resets,
  filter(
    array('is_healthy', 'is_allocated', 'gpu_util', 'sm_active', 'tensor_active', 'dram_active', 'power_w', 'energy_counter_j'),
    (name, i) -> getbit(CAST(bit_or(told) AS BIGINT), i) = 1) AS told_fields
FROM timed
GROUP BY day, source, target, cluster, node, device
