-- Every figure of an hour is rounded to a millionth of a GPU-hour before anything is added, and every loss is a difference of
-- such figures; so stages and losses add up exactly.
--
-- Telemetry tells sums of each hour and workload: how many GPU-hours tell health and are healthy, tell allocation and are
-- allocated, and so on. What is allocated is not lost: it counts as healthy whatever its health. Beyond that, what is told to
-- be in one state is taken to be part of the stage before as far as that has room; what remains is not told. Of SM-active
-- time the part that tells tensor activity is taken in proportion to the samples that tell it.
--
-- Where telemetry sees more GPU-hours than milestones and reference data know of, the more is the truth in every stage
-- before. An accelerator that one of the two does not name is the only one that the other names in the cluster.
--
-- Goodput counts for the only accelerator of the cluster; where it has several, for the one that accounting names. Where that
-- names none, or the cluster has neither telemetry nor capacity, it stands in mart.goodput_daily alone.
WITH hourly AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    accelerator,
    workload,
    CAST(installed_gpu_hours AS DECIMAL(20, 6)) AS observed,
    CAST(coalesce(healthy_reporting_gpu_hours, 0) AS DECIMAL(20, 6)) AS health_told,
    CAST(coalesce(healthy_gpu_hours, 0) AS DECIMAL(20, 6)) AS up,
    CAST(coalesce(allocated_reporting_gpu_hours, 0) AS DECIMAL(20, 6)) AS allocation_told,
    CAST(coalesce(allocated_gpu_hours, 0) AS DECIMAL(20, 6)) AS allocated,
    CAST(coalesce(sm_reporting_gpu_hours, 0) AS DECIMAL(20, 6)) AS sm_told,
    CAST(coalesce(sm_active_gpu_hours, 0) AS DECIMAL(20, 6)) AS sm,
    CAST(coalesce(tensor_reporting_gpu_hours, 0) AS DECIMAL(20, 6)) AS tensor_told,
    CAST(coalesce(tensor_active_gpu_hours, 0) AS DECIMAL(20, 6)) AS tensor
  FROM utilisation_hourly
),
staged AS (
  SELECT
    *,
    greatest(up, allocated) AS healthy,
    least(sm, allocated) AS sm_active,
    least(tensor, sm, allocated) AS tensor_active,
    CASE WHEN tensor_told >= sm_told THEN least(sm, allocated)
      ELSE CAST(least(sm, allocated) * (tensor_told / sm_told) AS DECIMAL(20, 6)) END AS sm_with_tensor
  FROM hourly
),
lost AS (
  SELECT
    *,
    least(health_told - up, observed - healthy) AS failed,
    least(allocation_told - allocated, healthy - allocated) AS idle,
    least(sm_told - sm, allocated - sm_active) AS held_idle,
    greatest(sm_with_tensor - tensor_active, 0) AS bound
  FROM staged
),
seen AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    accelerator,
    sum(observed) AS observed,
    sum(observed - healthy - failed) AS health_untold,
    sum(failed) AS failed,
    sum(healthy) AS healthy,
    sum(healthy - allocated - idle) AS allocation_untold,
    sum(idle) AS idle,
    sum(allocated) AS allocated,
    sum(allocated - sm_active - held_idle) AS activity_untold,
    sum(held_idle) AS held_idle,
    sum(sm_active) AS sm_active,
    sum(sm_active - tensor_active - bound) AS tensor_untold,
    sum(bound) AS bound,
    sum(tensor_active) AS tensor_active,
    coalesce(sum(allocated) FILTER (WHERE workload = 'training'), 0) AS told_training,
    coalesce(sum(allocated) FILTER (WHERE workload IS NULL), 0) AS workload_untold
  FROM lost
  GROUP BY day, cluster, accelerator
),
only_seen AS (
  SELECT day, cluster, max(accelerator) AS accelerator
  FROM seen
  GROUP BY day, cluster
  HAVING count(DISTINCT accelerator) = 1
),
only_installed AS (
  SELECT day, cluster, max(accelerator) AS accelerator
  FROM installed_capacity_daily
  GROUP BY day, cluster
  HAVING count(DISTINCT accelerator) = 1
),
installed AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    coalesce(installed_capacity_daily.accelerator, only_seen.accelerator) AS accelerator,
    CAST(sum(contracted_gpus) * 24 AS DECIMAL(20, 6)) AS contracted,
    CAST(sum(delivered_gpus) * 24 AS DECIMAL(20, 6)) AS delivered,
    CAST(sum(energised_gpus) * 24 AS DECIMAL(20, 6)) AS energised
  FROM installed_capacity_daily
  LEFT JOIN only_seen USING (day, cluster)
  GROUP BY ALL
),
seen_named AS (
  SELECT seen.* EXCEPT (accelerator), coalesce(seen.accelerator, only_installed.accelerator) AS accelerator
  FROM seen
  LEFT JOIN only_installed USING (day, cluster)
),
observed AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    accelerator,
    sum(observed) AS observed,
    sum(health_untold) AS health_untold,
    sum(failed) AS failed,
    sum(healthy) AS healthy,
    sum(allocation_untold) AS allocation_untold,
    sum(idle) AS idle,
    sum(allocated) AS allocated,
    sum(activity_untold) AS activity_untold,
    sum(held_idle) AS held_idle,
    sum(sm_active) AS sm_active,
    sum(tensor_untold) AS tensor_untold,
    sum(bound) AS bound,
    sum(tensor_active) AS tensor_active,
    sum(told_training) AS told_training,
    sum(workload_untold) AS workload_untold
  FROM seen_named
  GROUP BY day, cluster, accelerator
),
place AS (
  SELECT
    coalesce(observed.day, installed.day) AS day,
    coalesce(installed.provider, observed.provider) AS provider,
    coalesce(installed.region, observed.region) AS region,
    coalesce(observed.cluster, installed.cluster) AS cluster,
    coalesce(observed.accelerator, installed.accelerator) AS accelerator,
    greatest(observed, energised) AS energised,
    greatest(observed, energised, delivered) AS delivered,
    greatest(observed, energised, delivered, contracted) AS contracted,
    coalesce(observed, 0) AS observed,
    coalesce(health_untold, 0) AS health_untold,
    coalesce(failed, 0) AS failed,
    coalesce(healthy, 0) AS healthy,
    coalesce(allocation_untold, 0) AS allocation_untold,
    coalesce(idle, 0) AS idle,
    coalesce(allocated, 0) AS allocated,
    coalesce(activity_untold, 0) AS activity_untold,
    coalesce(held_idle, 0) AS held_idle,
    coalesce(sm_active, 0) AS sm_active,
    coalesce(tensor_untold, 0) AS tensor_untold,
    coalesce(bound, 0) AS bound,
    coalesce(tensor_active, 0) AS tensor_active,
    coalesce(told_training, 0) AS told_training,
    coalesce(workload_untold, 0) AS workload_untold
  FROM observed
  FULL JOIN installed
    ON installed.day = observed.day
    AND installed.cluster = observed.cluster
    AND installed.accelerator <=> observed.accelerator
),
only_place AS (
  SELECT day, cluster, max(accelerator) AS accelerator
  FROM place
  GROUP BY day, cluster
  HAVING count(*) = 1
),
goodput AS (
  SELECT
    goodput_daily.* EXCEPT (accelerator),
    CASE WHEN only_place.day IS NULL THEN goodput_daily.accelerator ELSE only_place.accelerator END AS accelerator
  FROM goodput_daily
  LEFT JOIN only_place USING (day, cluster)
),
productive AS (
  SELECT day, cluster, accelerator, sum(productive_gpu_hours) AS hours
  FROM goodput
  GROUP BY day, cluster, accelerator
),
badput AS (
  SELECT
    day,
    cluster,
    accelerator,
    map_from_entries(sort_array(collect_list(struct(kind, CAST(hours AS DECIMAL(20, 6)))))) AS by_kind,
    sum(hours) AS hours
  FROM (
    SELECT day, cluster, accelerator, kind, sum(hours) AS hours
    FROM goodput
    LATERAL VIEW explode(badput_gpu_hours) AS kind, hours
    GROUP BY day, cluster, accelerator, kind
  )
  GROUP BY day, cluster, accelerator
),
reported AS (
  SELECT
    place.*,
    coalesce(productive.hours, 0) AS productive,
    coalesce(badput.by_kind, CAST(map() AS MAP<STRING, DECIMAL(20, 6)>)) AS badput_by_kind,
    coalesce(productive.hours, 0) + coalesce(badput.hours, 0) AS reported
  FROM place
  LEFT JOIN productive
    ON productive.day = place.day
    AND productive.cluster = place.cluster
    AND productive.accelerator <=> place.accelerator
  LEFT JOIN badput
    ON badput.day = place.day
    AND badput.cluster = place.cluster
    AND badput.accelerator <=> place.accelerator
),
trained AS (
  SELECT *, told_training + least(workload_untold, greatest(reported - told_training, 0)) AS training
  FROM reported
)
SELECT
  day,
  provider,
  region,
  cluster,
  accelerator,
  CAST(contracted AS DECIMAL(20, 6)) AS contracted_gpu_hours,
  CAST(contracted - delivered AS DECIMAL(20, 6)) AS delivery_slip_gpu_hours,
  CAST(delivered AS DECIMAL(20, 6)) AS delivered_gpu_hours,
  CAST(delivered - energised AS DECIMAL(20, 6)) AS power_wait_gpu_hours,
  CAST(energised AS DECIMAL(20, 6)) AS energised_gpu_hours,
  CAST(energised - observed AS DECIMAL(20, 6)) AS unobserved_gpu_hours,
  CAST(health_untold AS DECIMAL(20, 6)) AS health_untold_gpu_hours,
  CAST(failed AS DECIMAL(20, 6)) AS failure_and_maintenance_gpu_hours,
  CAST(healthy AS DECIMAL(20, 6)) AS healthy_gpu_hours,
  CAST(allocation_untold AS DECIMAL(20, 6)) AS allocation_untold_gpu_hours,
  CAST(idle AS DECIMAL(20, 6)) AS unscheduled_idle_gpu_hours,
  CAST(allocated AS DECIMAL(20, 6)) AS allocated_gpu_hours,
  CAST(activity_untold AS DECIMAL(20, 6)) AS activity_untold_gpu_hours,
  CAST(held_idle AS DECIMAL(20, 6)) AS held_idle_gpu_hours,
  CAST(sm_active AS DECIMAL(20, 6)) AS sm_active_gpu_hours,
  CAST(tensor_untold AS DECIMAL(20, 6)) AS tensor_untold_gpu_hours,
  CAST(bound AS DECIMAL(20, 6)) AS memory_or_communication_bound_gpu_hours,
  CAST(tensor_active AS DECIMAL(20, 6)) AS tensor_active_gpu_hours,
  CAST(allocated - training AS DECIMAL(20, 6)) AS not_training_gpu_hours,
  CAST(training AS DECIMAL(20, 6)) AS training_gpu_hours,
  CAST(greatest(training - reported, 0) AS DECIMAL(20, 6)) AS unreported_gpu_hours,
  badput_by_kind AS badput_gpu_hours,
  CAST(productive AS DECIMAL(20, 6)) AS productive_gpu_hours,
  CAST(greatest(reported - training, 0) AS DECIMAL(20, 6)) AS reported_beyond_gpu_hours
FROM trained
