-- A sample stands for the time to the next one of its GPU or MIG instance if that comes within 1.5 times its interval, else
-- for its interval: replicas share the time, irregular scrapes weigh by it, and a gap covers less of it. The first sample of
-- a day stands from midnight where that is less than its interval away, the last until midnight at most. That time is cut
-- into slots of the interval, at least a second, counted from every hour.
--
-- Energy is what the counter rose by to the next sample, through gaps too, spread evenly. Where the counter fell, or rose by
-- more than a board of 10 kW draws in that time or the interval, it was reset and tells nothing. Where no counter tells,
-- energy is watts times the time that the sample stands for.
--
-- A MIG instance is the part of its GPU that its compute slices are of those present in the slot; all are equal where one
-- tells no profile. The GPU's energy is told by the series that tells the most time of the slot, and shared among instances
-- by part and time. Where a GPU has instances, a sample of the whole adds nothing but its energy.
--
-- Allocation is what samples tell; where none of a host in the hour does, the share of its GPUs that pods hold.
--
-- Where samples of a GPU's day have one interval, one phase, no counter and no instance, each stands for its interval, and
-- needs no look at the next. GPU-days whose hashes agree are judged together, which changes nothing but the way. Windows are
-- partitioned by what is known of the whole GPU-day too, so that GPUs with instances and those without are parted before.
--
-- All is added up as whole numbers: milliseconds, GPU-nanoseconds, millionths of a share, microjoules.
WITH held AS (
  SELECT
    day AS held_day,
    cluster AS held_cluster,
    node AS held_node,
    hour(hour) AS held_hour,
    floor(allocated_gpus / gpus * covered_s / 3600 * 1e6 + 0.5) AS allocated_e6,
    floor(covered_s / 3600 * 1e6 + 0.5) AS covered_e6,
    workload AS held_workload
  FROM host_allocation_hourly
),
sample AS (
  SELECT
    *,
    xxhash64(day, cluster, gpu_uuid) AS gpu_day,
    unix_micros(sampled_at) - unix_date(day) * 86400000000 AS at_us,
    greatest(floor(interval_s * 1e6 + 0.5), 1000) AS interval_us
  FROM gpu_sample
),
irregular AS (
  SELECT gpu_day, bool_or(mig_instance IS NOT NULL) AS is_divided
  FROM sample
  GROUP BY gpu_day
  HAVING min(interval_us) < max(interval_us)
    OR min(at_us % interval_us) < max(at_us % interval_us)
    OR max(interval_us) < 1000000
    OR max(interval_us) % 1000 > 0
    OR 3600000000 % max(interval_us) > 0
    OR bool_or(mig_instance IS NOT NULL OR energy_counter_j IS NOT NULL)
),
told AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    rack,
    CASE WHEN rack IS NULL THEN node END AS node,
    accelerator,
    coalesce(workload, held_workload) AS workload,
    gpu_day,
    gpu_uuid,
    mig_instance,
    mig_profile,
    at_us,
    interval_us,
    is_healthy,
    CASE WHEN is_allocated THEN 1000000 WHEN NOT is_allocated THEN 0 ELSE allocated_e6 END AS allocated_e6,
    CASE WHEN is_allocated IS NOT NULL THEN 1000000 ELSE covered_e6 END AS allocation_told_e6,
    floor(sm_active * 1e6 + 0.5) AS sm_active_e6,
    floor(tensor_active * 1e6 + 0.5) AS tensor_active_e6,
    floor(power_w * 1e3 + 0.5) AS power_mw,
    CASE WHEN energy_counter_j < 1e12 THEN floor(energy_counter_j * 1e6 + 0.5) END AS counter_uj
  FROM sample
  LEFT JOIN held
    ON held_day = day
    AND held_cluster = cluster
    AND held_node = node
    AND held_hour = at_us DIV 3600000000
),
regular AS (
  SELECT
    *,
    at_us DIV interval_us AS slot,
    interval_us DIV 1000 AS slot_ms,
    at_us % interval_us DIV 1000 AS late_ms
  FROM told
  LEFT ANTI JOIN irregular USING (gpu_day)
),
regular_piece AS (
  SELECT
    *,
    (slot + later) * slot_ms AS slot_from_ms,
    1 - later AS gpu_samples,
    CASE WHEN later = 1 THEN late_ms WHEN slot = 0 THEN slot_ms ELSE slot_ms - late_ms END AS ms
  FROM regular
  LATERAL VIEW explode(CASE WHEN late_ms > 0 AND (slot + 1) * slot_ms < 86400000 THEN array(0, 1) ELSE array(0) END) AS later
),
in_turn AS (
  SELECT
    *,
    at_us DIV 1000 AS at_ms,
    interval_us DIV 1000 AS interval_ms,
    least(greatest(interval_us DIV 1000, 1000), 3600000) AS slot_ms,
    lag(at_us) OVER gpu IS NULL AS is_first,
    (lead(at_us) OVER gpu) DIV 1000 AS next_ms,
    (lead(counter_uj) OVER gpu) - counter_uj AS rise_uj
  FROM (
    SELECT *
    FROM told
    JOIN irregular USING (gpu_day)
  )
  WINDOW gpu AS (PARTITION BY gpu_day, is_divided, day, cluster, gpu_uuid, mig_instance ORDER BY at_us)
),
standing AS (
  SELECT
    *,
    CASE WHEN is_first AND at_ms < interval_ms THEN 0 ELSE at_ms END AS from_ms,
    CASE WHEN 2 * (next_ms - at_ms) <= 3 * interval_ms THEN next_ms ELSE least(at_ms + interval_ms, 86400000) END AS to_ms,
    coalesce(
      next_ms > at_ms AND rise_uj BETWEEN 0 AND 10000000 * greatest(next_ms - at_ms, interval_ms),
      false) AS is_counted,
    rise_uj NOT BETWEEN 0 AND 10000000 * greatest(next_ms - at_ms, interval_ms) AS is_reset,
    (3600000 + slot_ms - 1) DIV slot_ms AS slots_of_hour
  FROM in_turn
),
reaching AS (
  SELECT *, CASE WHEN is_counted THEN next_ms ELSE to_ms END AS energy_to_ms
  FROM standing
),
slotted AS (
  SELECT
    * EXCEPT (slot_ms),
    slot DIV slots_of_hour * 3600000 + slot % slots_of_hour * slot_ms AS slot_from_ms,
    least(slot_ms, 3600000 - slot % slots_of_hour * slot_ms) AS slot_ms
  FROM reaching
  LATERAL VIEW explode(sequence(
    from_ms DIV 3600000 * slots_of_hour + from_ms % 3600000 DIV slot_ms,
    greatest(at_ms, energy_to_ms - 1) DIV 3600000 * slots_of_hour
      + greatest(at_ms, energy_to_ms - 1) % 3600000 DIV slot_ms)) AS slot
),
cut AS (
  SELECT
    *,
    greatest(from_ms, slot_from_ms) AS piece_from_ms,
    least(energy_to_ms, slot_from_ms + slot_ms) AS piece_to_ms,
    at_ms BETWEEN slot_from_ms AND slot_from_ms + slot_ms - 1 AS is_taken
  FROM slotted
),
measured AS (
  SELECT
    *,
    greatest(least(piece_to_ms, to_ms) - piece_from_ms, 0) AS ms,
    CASE WHEN is_counted THEN greatest(piece_to_ms - greatest(piece_from_ms, at_ms), 0) ELSE 0 END AS counter_ms,
    CASE WHEN power_mw IS NULL THEN 0
      ELSE greatest(least(piece_to_ms, CASE WHEN is_counted THEN at_ms ELSE to_ms END) - piece_from_ms, 0) END AS watts_ms
  FROM cut
),
irregular_piece AS (
  SELECT
    *,
    CASE WHEN counter_ms > 0
      THEN floor(rise_uj * ((piece_to_ms - at_ms) / (next_ms - at_ms)) + 0.5)
        - floor(rise_uj * ((greatest(piece_from_ms, at_ms) - at_ms) / (next_ms - at_ms)) + 0.5) END AS counter_uj_of_piece,
    CASE WHEN watts_ms > 0 THEN power_mw * watts_ms END AS watts_uj
  FROM measured
),
instance AS (
  SELECT
    *,
    collect_set(CASE WHEN mig_instance IS NOT NULL AND ms > 0 THEN struct(
      mig_instance,
      CAST(nullif(regexp_extract(mig_profile, '(?:^|[.])([1-9])g[.]', 1), '') AS BIGINT) AS slices) END) OVER board AS instances,
    sum(nullif(counter_ms + watts_ms, 0)) OVER series AS series_ms,
    sum(CASE WHEN counter_ms + watts_ms > 0 THEN coalesce(counter_uj_of_piece, 0) + coalesce(watts_uj, 0) END) OVER series
      AS series_uj,
    sum(nullif(counter_ms, 0)) OVER series AS series_counter_ms,
    sum(counter_uj_of_piece) OVER series AS series_counter_uj,
    sum(CASE WHEN is_reset AND is_taken THEN 1 ELSE 0 END) OVER series AS series_resets,
    row_number() OVER in_board = 1 AS is_foremost
  FROM irregular_piece
  WHERE is_divided
  WINDOW
    board AS (PARTITION BY day, cluster, gpu_uuid, slot_from_ms, slot_ms),
    series AS (PARTITION BY day, cluster, gpu_uuid, slot_from_ms, slot_ms, mig_instance),
    in_board AS (PARTITION BY day, cluster, gpu_uuid, slot_from_ms, slot_ms ORDER BY mig_instance, at_us)
),
part AS (
  SELECT
    *,
    CASE
      WHEN size(instances) = 0 THEN ms * 1000000
      WHEN mig_instance IS NULL THEN 0
      WHEN exists(instances, present -> present.slices IS NULL) THEN floor(ms * 1e6 / size(instances) + 0.5)
      ELSE floor(
        ms * 1e6
          * element_at(filter(instances, present -> present.mig_instance = instance.mig_instance), 1).slices
          / aggregate(instances, 0L, (slices, present) -> slices + present.slices)
          + 0.5)
    END AS gpu_ns,
    max(struct(
      series_ms,
      mig_instance IS NULL AS is_of_whole,
      series_uj,
      series_counter_ms,
      series_counter_uj)) OVER board AS teller,
    max(series_resets) OVER board AS resets
  FROM instance
  WINDOW board AS (PARTITION BY day, cluster, gpu_uuid, slot_from_ms, slot_ms)
),
shared AS (
  SELECT
    *,
    coalesce(((sum(gpu_ns) OVER so_far) - gpu_ns) / nullif(sum(gpu_ns) OVER board, 0), CASE WHEN is_foremost THEN 0 ELSE 1 END)
      AS share_from,
    coalesce((sum(gpu_ns) OVER so_far) / nullif(sum(gpu_ns) OVER board, 0), 1) AS share_to
  FROM part
  WINDOW
    board AS (PARTITION BY day, cluster, gpu_uuid, slot_from_ms, slot_ms),
    so_far AS (PARTITION BY day, cluster, gpu_uuid, slot_from_ms, slot_ms ORDER BY mig_instance, at_us)
),
piece AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    rack,
    node,
    accelerator,
    workload,
    slot_from_ms,
    slot_ms,
    gpu_samples,
    ms * 1000000 AS gpu_ns,
    is_healthy,
    allocated_e6,
    allocation_told_e6,
    sm_active_e6,
    tensor_active_e6,
    power_mw * ms AS energy_uj,
    CASE WHEN power_mw IS NOT NULL THEN ms * 1000000 END AS power_ns,
    CAST(NULL AS BIGINT) AS counter_uj,
    CAST(NULL AS BIGINT) AS counter_ns,
    0L AS resets
  FROM regular_piece
  UNION ALL
  SELECT
    day,
    provider,
    region,
    cluster,
    rack,
    node,
    accelerator,
    workload,
    slot_from_ms,
    slot_ms,
    CASE WHEN is_taken THEN 1 ELSE 0 END,
    ms * 1000000,
    is_healthy,
    allocated_e6,
    allocation_told_e6,
    sm_active_e6,
    tensor_active_e6,
    CASE WHEN counter_ms + watts_ms > 0 THEN coalesce(counter_uj_of_piece, 0) + coalesce(watts_uj, 0) END,
    nullif(counter_ms + watts_ms, 0) * 1000000,
    counter_uj_of_piece,
    nullif(counter_ms, 0) * 1000000,
    CASE WHEN is_reset AND is_taken THEN 1L ELSE 0L END
  FROM irregular_piece
  WHERE NOT is_divided
  UNION ALL
  SELECT
    day,
    provider,
    region,
    cluster,
    rack,
    node,
    accelerator,
    workload,
    slot_from_ms,
    slot_ms,
    CASE WHEN is_taken THEN 1 ELSE 0 END,
    gpu_ns,
    is_healthy,
    allocated_e6,
    allocation_told_e6,
    sm_active_e6,
    tensor_active_e6,
    floor(teller.series_uj * share_to + 0.5) - floor(teller.series_uj * share_from + 0.5),
    floor(teller.series_ms * 1e6 * share_to + 0.5) - floor(teller.series_ms * 1e6 * share_from + 0.5),
    floor(teller.series_counter_uj * share_to + 0.5) - floor(teller.series_counter_uj * share_from + 0.5),
    floor(teller.series_counter_ms * 1e6 * share_to + 0.5) - floor(teller.series_counter_ms * 1e6 * share_from + 0.5),
    CASE WHEN is_foremost THEN resets ELSE 0L END
  FROM shared
),
slot AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    rack,
    node,
    accelerator,
    workload,
    slot_from_ms,
    slot_ms,
    sum(gpu_samples) AS gpu_samples,
    sum(gpu_ns) AS gpu_ns,
    sum(CASE WHEN is_healthy THEN gpu_ns WHEN NOT is_healthy THEN 0 END) AS healthy_ns,
    sum(CASE WHEN is_healthy IS NOT NULL THEN gpu_ns END) AS healthy_reporting_ns,
    sum(gpu_ns * allocated_e6 DIV 1000000) AS allocated_ns,
    sum(gpu_ns * allocation_told_e6 DIV 1000000) AS allocated_reporting_ns,
    sum(gpu_ns * sm_active_e6 DIV 1000000) AS sm_active_ns,
    sum(CASE WHEN sm_active_e6 IS NOT NULL THEN gpu_ns END) AS sm_reporting_ns,
    sum(gpu_ns * tensor_active_e6 DIV 1000000) AS tensor_active_ns,
    sum(CASE WHEN tensor_active_e6 IS NOT NULL THEN gpu_ns END) AS tensor_reporting_ns,
    sum(energy_uj) AS energy_uj,
    sum(power_ns) AS power_ns,
    sum(counter_uj) AS counter_uj,
    sum(counter_ns) AS counter_ns,
    sum(resets) AS resets
  FROM piece
  GROUP BY ALL
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
  timestamp_millis(unix_date(day) * 86400000L + slot_from_ms) AS instant,
  slot_ms / 1e3 AS interval_s,
  gpu_samples,
  (gpu_ns + 500) DIV 1000 / 1e6 AS gpu_seconds,
  (healthy_ns + 500) DIV 1000 / 1e6 AS healthy_gpu_seconds,
  (healthy_reporting_ns + 500) DIV 1000 / 1e6 AS healthy_reporting_gpu_seconds,
  (allocated_ns + 500) DIV 1000 / 1e6 AS allocated_gpu_seconds,
  (allocated_reporting_ns + 500) DIV 1000 / 1e6 AS allocated_reporting_gpu_seconds,
  (sm_active_ns + 500) DIV 1000 / 1e6 AS sm_active_gpu_seconds,
  (sm_reporting_ns + 500) DIV 1000 / 1e6 AS sm_reporting_gpu_seconds,
  (tensor_active_ns + 500) DIV 1000 / 1e6 AS tensor_active_gpu_seconds,
  (tensor_reporting_ns + 500) DIV 1000 / 1e6 AS tensor_reporting_gpu_seconds,
  energy_uj / 1e6 AS gpu_energy_j,
  (power_ns + 500) DIV 1000 / 1e6 AS power_reporting_gpu_seconds,
  counter_uj / 1e6 AS counter_energy_j,
  (counter_ns + 500) DIV 1000 / 1e6 AS counter_gpu_seconds,
  resets AS energy_counter_resets
FROM slot
