-- A report tells of one interval of one job. What it tells is spread evenly over its interval and cut at midnight: a day has
-- what the interval had by its end less what it had by its start, in whole milliseconds, so that the days add up to it.
--
-- The part of a report in a day is of the job of that cluster and name that runs on that day; where several do, since a job
-- was queued again, of the one with most time in common, then of the earlier. Its GPUs multiply it.
WITH run AS (
  SELECT
    job_usage.* EXCEPT (day),
    on_day AS day,
    struct(on_day, cluster, job_id, submitted_at) AS run_id,
    greatest(unix_micros(started_at), unix_date(on_day) * 86400000000L) AS from_us,
    least(unix_micros(ended_at), (unix_date(on_day) + 1) * 86400000000L) AS to_us
  FROM job_usage
  LATERAL VIEW explode(sequence(
    CAST(started_at AS DATE),
    date_from_unix_date(CAST((unix_micros(ended_at) - 1) DIV 86400000000 AS INT)))) AS on_day
  WHERE started_at < ended_at
),
piece AS (
  SELECT
    job_goodput.* EXCEPT (day),
    on_day AS day,
    unix_micros(ended_at) - unix_micros(started_at) AS length_us,
    greatest(unix_micros(started_at), unix_date(on_day) * 86400000000L) AS from_us,
    least(unix_micros(ended_at), (unix_date(on_day) + 1) * 86400000000L) AS to_us
  FROM job_goodput
  LATERAL VIEW explode(sequence(
    CAST(started_at AS DATE),
    date_from_unix_date(CAST((unix_micros(ended_at) - 1) DIV 86400000000 AS INT)))) AS on_day
),
matched AS (
  SELECT *
  FROM (
    SELECT
      piece.*,
      run_id,
      allocated_gpus AS gpus,
      row_number() OVER (
        PARTITION BY piece.day, piece.cluster, piece.job_id, piece.started_at
        ORDER BY
          least(piece.to_us, run.to_us) - greatest(piece.from_us, run.from_us) DESC,
          run.from_us,
          run.submitted_at) AS choice
    FROM piece
    LEFT JOIN run ON run.day = piece.day AND run.cluster <=> piece.cluster AND run.job_id = piece.job_id
  )
  WHERE choice = 1
),
amount AS (
  SELECT
    * EXCEPT (total, length_us, from_us, to_us, since_us),
    CAST(total AS DECIMAL(19, 0)) * CAST(to_us - since_us AS DECIMAL(19, 0)) DIV length_us
      - CAST(total AS DECIMAL(19, 0)) * CAST(from_us - since_us AS DECIMAL(19, 0)) DIV length_us AS amount
  FROM (
    SELECT day, cluster, job_id, model, run_id, gpus, length_us, from_us, to_us, unix_micros(started_at) AS since_us,
      inline(array(
        struct('covered' AS what, length_us DIV 1000 AS total),
        struct('productive' AS what, CAST(round(productive_s * 1000) AS BIGINT) AS total),
        struct('tokens' AS what, tokens AS total))),
      CAST(NULL AS STRING) AS kind
    FROM matched
    UNION ALL
    SELECT day, cluster, job_id, model, run_id, gpus, length_us, from_us, to_us, unix_micros(started_at), 'badput',
      seconds * 1000, kind
    FROM matched
    LATERAL VIEW explode(badput_s) AS kind, seconds
  )
),
reported AS (
  SELECT
    run_id,
    max(model) AS model,
    sum(amount * gpus) FILTER (WHERE what = 'covered') AS covered_ms,
    sum(amount * gpus) FILTER (WHERE what = 'productive') AS productive_ms,
    sum(amount * gpus) FILTER (WHERE what IN ('productive', 'badput')) AS told_ms,
    sum(amount) FILTER (WHERE what = 'tokens') AS tokens
  FROM amount
  WHERE run_id IS NOT NULL
  GROUP BY run_id
),
job AS (
  SELECT
    struct(day, provider, region, cluster, accelerator, coalesce(reported.model, run.model) AS model) AS id,
    run_id,
    state,
    allocated_gpus * ((to_us - from_us) DIV 1000) AS gpu_ms,
    coalesce(covered_ms, 0) AS covered_ms,
    coalesce(productive_ms, 0) AS productive_ms,
    greatest(allocated_gpus * ((to_us - from_us) DIV 1000) - coalesce(told_ms, 0), 0) AS unreported_ms,
    tokens
  FROM run
  LEFT JOIN reported USING (run_id)
  WHERE coalesce(workload, 'training') = 'training' OR reported.run_id IS NOT NULL
),
state AS (
  SELECT
    id,
    map_from_entries(sort_array(collect_list(struct(state, hours)))) AS state_gpu_hours,
    sum(hours) AS job_gpu_hours
  FROM (
    SELECT id, state, CAST(CAST(sum(gpu_ms) AS DECIMAL(24, 6)) / 3600000 AS DECIMAL(20, 6)) AS hours
    FROM job
    GROUP BY id, state
  )
  GROUP BY id
),
badput AS (
  SELECT id, map_from_entries(sort_array(collect_list(struct(kind, hours)))) AS badput_gpu_hours
  FROM (
    SELECT id, kind, CAST(CAST(sum(amount * gpus) AS DECIMAL(24, 6)) / 3600000 AS DECIMAL(20, 6)) AS hours
    FROM amount
    JOIN job USING (run_id)
    WHERE what = 'badput'
    GROUP BY id, kind
  )
  GROUP BY id
),
told AS (
  SELECT
    id,
    count(*) AS jobs,
    CAST(sum(covered_ms) AS DECIMAL(24, 6)) / 3600000 AS reported,
    CAST(sum(productive_ms) AS DECIMAL(24, 6)) / 3600000 AS productive,
    CAST(sum(unreported_ms) AS DECIMAL(24, 6)) / 3600000 AS unreported,
    sum(job.tokens) AS tokens
  FROM job
  GROUP BY id
),
unmatched AS (
  SELECT
    struct(
      day,
      CAST(NULL AS STRING) AS provider,
      CAST(NULL AS STRING) AS region,
      cluster,
      CAST(NULL AS STRING) AS accelerator,
      model) AS id,
    count(*) FILTER (WHERE what = 'covered') AS reports,
    CAST(sum(amount) FILTER (WHERE what = 'covered') AS DECIMAL(24, 6)) / 3600000 AS hours,
    CAST(sum(amount) FILTER (WHERE what = 'productive') AS DECIMAL(24, 6)) / 3600000 AS productive_hours,
    sum(amount) FILTER (WHERE what = 'tokens') AS tokens,
    slice(array_sort(collect_set(job_id)), 1, 100) AS jobs
  FROM amount
  WHERE run_id IS NULL
  GROUP BY id
)
SELECT
  id.day,
  id.provider,
  id.region,
  id.cluster,
  id.accelerator,
  id.model,
  coalesce(told.jobs, 0) AS jobs,
  CAST(coalesce(job_gpu_hours, 0) AS DECIMAL(20, 6)) AS job_gpu_hours,
  coalesce(state_gpu_hours, CAST(map() AS MAP<STRING, DECIMAL(20, 6)>)) AS state_gpu_hours,
  CAST(coalesce(reported, 0) AS DECIMAL(20, 6)) AS reported_gpu_hours,
  CAST(coalesce(productive, 0) AS DECIMAL(20, 6)) AS productive_gpu_hours,
  coalesce(badput_gpu_hours, CAST(map() AS MAP<STRING, DECIMAL(20, 6)>)) AS badput_gpu_hours,
  CAST(coalesce(unreported, 0) AS DECIMAL(20, 6)) AS unreported_gpu_hours,
  coalesce(told.tokens + unmatched.tokens, told.tokens, unmatched.tokens) AS tokens,
  coalesce(unmatched.reports, 0) AS unmatched_reports,
  CAST(coalesce(unmatched.hours, 0) AS DECIMAL(20, 6)) AS unmatched_hours,
  CAST(coalesce(unmatched.productive_hours, 0) AS DECIMAL(20, 6)) AS unmatched_productive_hours,
  coalesce(unmatched.jobs, CAST(array() AS ARRAY<STRING>)) AS unmatched_jobs
FROM told
FULL JOIN unmatched USING (id)
LEFT JOIN state USING (id)
LEFT JOIN badput USING (id)
