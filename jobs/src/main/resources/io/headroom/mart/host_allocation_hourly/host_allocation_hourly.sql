-- An answer of a cluster stands for the time to its next one if that comes within 1.5 times its interval, else for its
-- interval; the first of a day from midnight where that is less than its interval away, the last until midnight at most.
-- So does what one pod asks for. A pod that is not named in an answer asks for nothing.
--
-- A pod holds GPUs while it is bound to a host and running, or its phase is not told. Of a MIG instance the compute slices
-- count, seven to a GPU; never more than the host's GPUs are allocated.
WITH answer AS (
  SELECT DISTINCT
    day,
    cluster,
    CAST(NULL AS STRUCT<node: STRING, namespace: STRING, pod: STRING, resource: STRING, workload: STRING, team: STRING, sevenths: BIGINT>) AS pod,
    CAST(NULL AS STRUCT<namespace: STRING, pod: STRING, resource: STRING>) AS series,
    (unix_micros(sampled_at) - unix_date(day) * 86400000000) DIV 1000 AS at_ms,
    max(ceil(interval_s * 1000)) OVER (PARTITION BY day, cluster, sampled_at) AS interval_ms
  FROM gpu_request
  UNION ALL
  SELECT
    day,
    cluster,
    CASE WHEN node IS NOT NULL AND coalesce(phase, 'Running') = 'Running' THEN struct(
      node,
      namespace,
      pod,
      resource,
      workload,
      team,
      least(gpus, 1000000) * coalesce(CAST(nullif(regexp_extract(resource, 'mig-([1-9])g[.]', 1), '') AS BIGINT), 7)
        AS sevenths) END,
    struct(namespace, pod, resource),
    (unix_micros(sampled_at) - unix_date(day) * 86400000000) DIV 1000,
    ceil(interval_s * 1000)
  FROM gpu_request
),
standing AS (
  SELECT
    *,
    CASE WHEN previous_ms IS NULL AND at_ms < interval_ms THEN 0 ELSE at_ms END AS from_ms,
    CASE WHEN 2 * (next_ms - at_ms) <= 3 * interval_ms THEN next_ms ELSE least(at_ms + interval_ms, 86400000) END AS to_ms
  FROM (
    SELECT *, lead(at_ms) OVER so_far AS next_ms, lag(at_ms) OVER so_far AS previous_ms
    FROM answer
    WINDOW so_far AS (PARTITION BY day, cluster, series ORDER BY at_ms)
  )
),
hourly AS (
  SELECT
    day,
    cluster,
    series IS NULL AS is_of_cluster,
    pod,
    hour_of_day,
    least(to_ms, (hour_of_day + 1) * 3600000) - greatest(from_ms, hour_of_day * 3600000) AS ms
  FROM standing
  LATERAL VIEW explode(sequence(from_ms DIV 3600000, (to_ms - 1) DIV 3600000)) AS hour_of_day
  WHERE to_ms > from_ms
),
covered AS (
  SELECT day, cluster, hour_of_day, sum(ms) AS covered_ms
  FROM hourly
  WHERE is_of_cluster
  GROUP BY day, cluster, hour_of_day
),
requested AS (
  SELECT
    day,
    cluster,
    pod.node,
    hour_of_day,
    sum(pod.sevenths * ms) AS sevenths_ms,
    CASE WHEN count(pod.workload) = count(*) AND min(pod.workload) = max(pod.workload) THEN min(pod.workload) END AS workload,
    CASE WHEN count(pod.team) = count(*) AND min(pod.team) = max(pod.team) THEN min(pod.team) END AS team
  FROM hourly
  WHERE pod.sevenths > 0
  GROUP BY day, cluster, pod.node, hour_of_day
),
untold AS (
  SELECT
    day,
    cluster,
    node,
    (unix_micros(sampled_at) - unix_date(day) * 86400000000) DIV 3600000000 AS hour_of_day,
    count(DISTINCT gpu_uuid) AS gpus
  FROM gpu_sample
  LEFT SEMI JOIN covered USING (day, cluster)
  WHERE node IS NOT NULL
  GROUP BY ALL
  HAVING count(is_allocated) = 0
),
held AS (
  SELECT
    untold.*,
    covered_ms,
    coalesce(sevenths_ms, 0) / (7 * covered_ms) AS requested_gpus,
    workload,
    team
  FROM untold
  JOIN covered USING (day, cluster, hour_of_day)
  LEFT JOIN requested USING (day, cluster, node, hour_of_day)
)
SELECT
  day,
  timestamp_seconds(unix_date(day) * 86400L + hour_of_day * 3600) AS hour,
  cluster,
  node,
  gpus,
  covered_ms / 1e3 AS covered_s,
  requested_gpus,
  least(requested_gpus, CAST(gpus AS DOUBLE)) AS allocated_gpus,
  CASE WHEN requested_gpus >= gpus THEN workload END AS workload,
  CASE WHEN requested_gpus >= gpus THEN team END AS team
FROM held
