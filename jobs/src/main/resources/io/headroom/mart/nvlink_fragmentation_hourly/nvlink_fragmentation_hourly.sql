-- Samples. One stands for its interval, counted from midnight, and ends at midnight. In such a time a GPU counts once, however
-- many samples or MIG instances it has, and is free where all that tell it say so. Samples that do not tell allocation are
-- left out.
--
-- Domains. A GPU is in the NVLink domain that its sample names; else in its rack, where staging.cluster tells that a rack has
-- no more GPUs than a domain; else in its host. A domain is free as a whole where as many GPUs are free as its size.
--
-- Queue. A job waits from when it is eligible, else submitted, until it starts, else ends; for the GPUs that its accounting
-- says it was allocated, so that one that never started counts only where that is told. A job is known once it has ended. A
-- pod waits while it is Pending and bound to no host; MIG instances that pods ask for are left out.
--
-- What is known of a domain, a cluster or a queue changes at instants. Each change is a difference, and its state is the sum
-- of the differences so far. Times are whole microseconds of the day.
WITH place AS (
  SELECT cluster, gpus_per_domain, coalesce(CAST(gpus_per_domain AS BIGINT) * racks >= installed_gpus, false) AS is_rack_domain
  FROM cluster
),
gpu AS (
  SELECT
    day,
    cluster,
    accelerator,
    coalesce(nvlink_domain, CASE WHEN is_rack_domain THEN rack END, node, gpu_uuid) AS domain,
    gpu_uuid,
    CAST(floor((unix_micros(sampled_at) / 1e6 - unix_date(day) * 86400L) / interval_s) AS BIGINT) AS slot,
    interval_s,
    min(CASE WHEN is_allocated OR NOT coalesce(is_healthy, true) THEN 0 ELSE 1 END) AS free
  FROM gpu_sample
  LEFT JOIN (SELECT cluster, is_rack_domain FROM place) USING (cluster)
  WHERE is_allocated IS NOT NULL
  GROUP BY ALL
),
slot AS (
  SELECT
    day,
    cluster,
    accelerator,
    domain,
    CAST(round(slot * interval_s * 1e6) AS BIGINT) AS from_us,
    least(CAST(round((slot + 1) * interval_s * 1e6) AS BIGINT), 86400000000) AS to_us,
    count(*) AS told,
    sum(free) AS free
  FROM gpu
  GROUP BY ALL
),
sized AS (
  SELECT slot.*, coalesce(gpus_per_domain, max(told) OVER (PARTITION BY day, cluster, accelerator, domain)) AS size
  FROM slot
  LEFT JOIN (SELECT cluster, gpus_per_domain FROM place) USING (cluster)
),
domain_change AS (
  SELECT day, cluster, accelerator, domain, size, at_us, sum(told) AS told, sum(free) AS free
  FROM (
    SELECT
      day,
      cluster,
      accelerator,
      domain,
      size,
      inline(array(
        struct(from_us AS at_us, told AS told, free AS free),
        struct(to_us AS at_us, -told AS told, -free AS free)))
    FROM sized
  )
  GROUP BY ALL
  HAVING sum(told) <> 0 OR sum(free) <> 0
),
domain_state AS (
  SELECT
    day,
    cluster,
    accelerator,
    domain,
    size,
    at_us,
    sum(told) OVER so_far AS told,
    sum(free) OVER so_far AS free
  FROM domain_change
  WINDOW so_far AS (PARTITION BY day, cluster, accelerator, domain ORDER BY at_us)
),
domain_figures AS (
  SELECT
    *,
    CASE WHEN told > 0 THEN 1 ELSE 0 END AS domains,
    CASE WHEN free >= size THEN 1 ELSE 0 END AS whole,
    CASE WHEN free >= size THEN 0 ELSE free END AS stranded,
    free DIV 72 AS jobs_72,
    free DIV 36 AS jobs_36
  FROM domain_state
),
pool AS (
  SELECT day, max(provider) AS provider, max(region) AS region, cluster, accelerator
  FROM utilisation_hourly
  GROUP BY day, cluster, accelerator
),
waiting_job AS (
  SELECT
    cluster,
    accelerator,
    allocated_gpus AS gpus,
    coalesce(unix_micros(started_at) - CAST(round(queue_wait_s * 1e6) AS BIGINT), unix_micros(submitted_at)) AS from_us,
    unix_micros(coalesce(started_at, ended_at)) AS to_us,
    explode(sequence(
      CAST(submitted_at AS DATE),
      greatest(CAST(submitted_at AS DATE), date_from_unix_date(CAST((unix_micros(ended_at) - 1) DIV 86400000000 AS INT)))))
      AS on_day
  FROM job_usage
  WHERE cluster IS NOT NULL AND submitted_at <= ended_at
),
waiting_pod AS (
  SELECT
    day,
    cluster,
    namespace,
    pod,
    resource,
    CAST(floor((unix_micros(sampled_at) / 1e6 - unix_date(day) * 86400L) / interval_s) AS BIGINT) AS slot,
    interval_s,
    max(gpus) AS gpus
  FROM gpu_request
  WHERE phase = 'Pending' AND node IS NULL AND resource NOT LIKE '%/mig-%'
  GROUP BY ALL
),
wait AS (
  SELECT
    on_day AS day,
    cluster,
    accelerator,
    gpus,
    greatest(from_us - unix_date(on_day) * 86400000000L, 0) AS from_us,
    least(to_us - unix_date(on_day) * 86400000000L, 86400000000) AS to_us
  FROM waiting_job
  UNION ALL
  SELECT
    day,
    cluster,
    NULL,
    gpus,
    CAST(round(slot * interval_s * 1e6) AS BIGINT),
    least(CAST(round((slot + 1) * interval_s * 1e6) AS BIGINT), 86400000000)
  FROM waiting_pod
),
queue_told AS (
  SELECT on_day AS day, cluster FROM waiting_job
  UNION
  SELECT day, cluster FROM gpu_request
),
change AS (
  SELECT
    day,
    cluster,
    accelerator,
    at_us,
    told - (lag(told, 1, 0L) OVER before) AS told,
    free - (lag(free, 1, 0L) OVER before) AS free,
    domains - (lag(domains, 1, 0) OVER before) AS domains,
    whole - (lag(whole, 1, 0) OVER before) AS whole,
    stranded - (lag(stranded, 1, 0L) OVER before) AS stranded,
    jobs_72 - (lag(jobs_72, 1, 0L) OVER before) AS jobs_72,
    jobs_36 - (lag(jobs_36, 1, 0L) OVER before) AS jobs_36,
    0 AS waiting,
    size
  FROM domain_figures
  WINDOW before AS (PARTITION BY day, cluster, accelerator, domain ORDER BY at_us)
  UNION ALL
  SELECT day, pool.cluster, pool.accelerator, ends.at_us, 0, 0, 0, 0, 0, 0, 0, ends.waiting, 0
  FROM wait
  JOIN pool USING (day, cluster)
  LATERAL VIEW inline(array(
    struct(from_us AS at_us, gpus AS waiting),
    struct(to_us AS at_us, -gpus AS waiting))) ends AS at_us, waiting
  WHERE to_us > from_us AND gpus > 0 AND coalesce(wait.accelerator = pool.accelerator, true)
  UNION ALL
  SELECT day, cluster, accelerator, explode(sequence(0L, 82800000000, 3600000000)), 0, 0, 0, 0, 0, 0, 0, 0, 0
  FROM pool
),
at_once AS (
  SELECT
    day,
    cluster,
    accelerator,
    at_us,
    sum(told) AS told,
    sum(free) AS free,
    sum(domains) AS domains,
    sum(whole) AS whole,
    sum(stranded) AS stranded,
    sum(jobs_72) AS jobs_72,
    sum(jobs_36) AS jobs_36,
    sum(waiting) AS waiting,
    max(size) AS size
  FROM change
  GROUP BY day, cluster, accelerator, at_us
),
state AS (
  SELECT
    day,
    cluster,
    accelerator,
    at_us,
    (lead(at_us, 1, 86400000000) OVER so_far) - at_us AS length_us,
    sum(told) OVER so_far AS told,
    sum(free) OVER so_far AS free,
    sum(domains) OVER so_far AS domains,
    sum(whole) OVER so_far AS whole,
    sum(stranded) OVER so_far AS stranded,
    sum(jobs_72) OVER so_far AS jobs_72,
    sum(jobs_36) OVER so_far AS jobs_36,
    sum(waiting) OVER so_far AS waiting,
    max(size) OVER (PARTITION BY day, cluster, accelerator) AS domain_gpus
  FROM at_once
  WINDOW so_far AS (PARTITION BY day, cluster, accelerator ORDER BY at_us)
),
hourly AS (
  SELECT
    day,
    at_us DIV 3600000000 AS hour,
    cluster,
    accelerator,
    max(domains) AS domains,
    max(domain_gpus) AS domain_gpus,
    sum(length_us) AS covered_us,
    sum(told * length_us) AS told_us,
    sum(free * length_us) AS free_us,
    sum(whole * length_us) AS whole_us,
    sum(stranded * length_us) AS stranded_us,
    sum(jobs_72 * length_us) AS jobs_72_us,
    sum(jobs_36 * length_us) AS jobs_36_us,
    sum(CASE WHEN waiting > 0 THEN length_us ELSE 0 END) AS queued_us,
    sum(waiting * length_us) AS waiting_us,
    sum(CASE WHEN waiting > 0 THEN free * length_us ELSE 0 END) AS idle_while_queued_us
  FROM state
  WHERE told > 0 AND length_us > 0
  GROUP BY day, at_us DIV 3600000000, cluster, accelerator
)
SELECT
  hourly.day,
  timestamp_seconds(unix_date(hourly.day) * 86400L + hour * 3600) AS hour,
  provider,
  region,
  hourly.cluster,
  hourly.accelerator,
  CAST(CAST(covered_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) AS covered_h,
  domains,
  CAST(domain_gpus AS BIGINT) AS domain_gpus,
  CAST(CAST(told_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) AS observed_gpu_hours,
  CAST(CAST(free_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) AS free_gpu_hours,
  CAST(CAST(stranded_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) AS stranded_gpu_hours,
  CAST(CAST(whole_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) AS whole_free_domain_hours,
  CAST(CAST(jobs_72_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) AS startable_72_gpu_job_hours,
  CAST(CAST(jobs_36_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) AS startable_36_gpu_job_hours,
  CASE WHEN queue_told.cluster IS NOT NULL THEN
    CAST(CAST(queued_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) END AS queued_h,
  CASE WHEN queue_told.cluster IS NOT NULL THEN
    CAST(CAST(waiting_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) END AS waiting_gpu_hours,
  CASE WHEN queue_told.cluster IS NOT NULL THEN
    CAST(CAST(idle_while_queued_us AS DECIMAL(24, 6)) / 3600000000 AS DECIMAL(20, 6)) END AS idle_while_queued_gpu_hours
FROM hourly
JOIN pool
  ON pool.day = hourly.day AND pool.cluster = hourly.cluster AND pool.accelerator <=> hourly.accelerator
LEFT JOIN queue_told ON queue_told.day = hourly.day AND queue_told.cluster = hourly.cluster
