-- Serving: a forward pass costs 2 FLOP for each active parameter and token, in prefill and decode alike; what is read from a
-- cache costs none, what is written to one as much as any other input. The peak is that of the GPU-hours allocated to serving: all but training of the hours whose workload is told, and of
-- the rest the same proportion. Telemetry must tell at least 95 % of the allocation of the GPUs seen (the 90th percentile
-- of the day's hours); what it tells stands for the rest. Models of one cluster share the peak by their FLOP, so each has the
-- utilisation of all; where the parameters of one or the peak of one accelerator are not known, it is null.
--
-- Training: 6 FLOP for each active parameter and token, over the GPUs that the job was accounted for. Intervals that span
-- days are spread by time; on each day the job that a report is of is the one that it overlaps most there. Where one job of
-- the model is not accounted for yet, its GPUs and the utilisation are null.
WITH served AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    model,
    sum(total_tokens - coalesce(cache_read_tokens, 0)) AS tokens
  FROM token_hourly
  WHERE cluster IS NOT NULL
  GROUP BY day, cluster, model
),
served_flop AS (
  SELECT
    served.*,
    active_parameters,
    2 * active_parameters * tokens AS model_flop
  FROM served
  LEFT JOIN (SELECT model, active_parameters FROM model) USING (model)
),
peak AS (
  SELECT accelerator, CASE WHEN bf16_dense_flops > 0 AND bf16_dense_flops < 1e18 THEN CAST(bf16_dense_flops AS DECIMAL(18, 0)) END AS flops
  FROM accelerator
),
seen AS (
  SELECT
    day,
    hour,
    cluster,
    workload,
    CAST(installed_gpu_hours AS DECIMAL(16, 6)) AS gpus,
    CAST(allocated_reporting_gpu_hours AS DECIMAL(16, 6)) AS reporting,
    CAST(nullif(allocated_gpu_hours, 0) AS DECIMAL(16, 6)) AS allocated,
    flops
  FROM utilisation_hourly
  LEFT JOIN peak USING (accelerator)
),
covered AS (
  SELECT day, cluster, CAST(sum(reporting) AS DOUBLE) AS reporting, 24 * percentile(gpus, 0.9) AS expected
  FROM (SELECT day, hour, cluster, sum(gpus) AS gpus, sum(reporting) AS reporting FROM seen GROUP BY day, hour, cluster)
  GROUP BY day, cluster
),
allocated AS (
  SELECT
    day,
    cluster,
    CAST(sum(allocated) AS DOUBLE) AS hours,
    CAST(sum(CASE WHEN workload IS NOT NULL THEN allocated END) AS DOUBLE) AS told_hours,
    CAST(sum(CASE WHEN workload <> 'training' THEN allocated END) AS DOUBLE) AS serving_hours,
    CAST(sum(allocated * flops) AS DOUBLE) AS peak,
    CAST(sum(CASE WHEN workload IS NOT NULL THEN allocated * flops END) AS DOUBLE) AS told_peak,
    CAST(sum(CASE WHEN workload <> 'training' THEN allocated * flops END) AS DOUBLE) AS serving_peak,
    count(allocated) = count(allocated * flops) AS is_peak_known
  FROM seen
  GROUP BY day, cluster
),
serving AS (
  SELECT
    day,
    cluster,
    3600 * expected / reporting * CASE WHEN told_hours > 0 THEN hours * nullif(serving_hours, 0) / told_hours ELSE hours END
      AS gpu_seconds,
    3600 * expected / reporting
      * CASE
        WHEN NOT is_peak_known THEN NULL
        WHEN told_peak > 0 THEN peak * nullif(serving_peak, 0) / told_peak
        ELSE peak
      END AS peak_flop
  FROM allocated
  JOIN covered USING (day, cluster)
  WHERE reporting >= 0.95 * expected
),
serving_share AS (
  SELECT
    *,
    CASE WHEN count(model_flop) OVER of_cluster = count(*) OVER of_cluster
      THEN model_flop / nullif(
        CAST(sum(CAST(model_flop / 1e6 AS DECIMAL(30, 0))) OVER of_cluster AS DOUBLE) * 1e6,
        0) END AS share
  FROM served_flop
  WINDOW of_cluster AS (PARTITION BY day, cluster)
),
reported_by_day AS (
  SELECT
    *,
    greatest(started_at, timestamp_seconds(day_number * 86400)) AS part_from,
    least(ended_at, timestamp_seconds((day_number + 1) * 86400)) AS part_to
  FROM job_goodput
  LATERAL VIEW explode(sequence(
    unix_micros(started_at) DIV 86400000000,
    (unix_micros(ended_at) - 1) DIV 86400000000)) AS day_number
  WHERE tokens IS NOT NULL
),
reported AS (
  SELECT
    report.cluster,
    report.job_id,
    report.model,
    report.started_at,
    report.ended_at,
    report.tokens,
    report.day_number,
    max(struct(
      least(job_usage.ended_at, report.part_to) - greatest(job_usage.started_at, report.part_from) AS overlap,
      job_usage.started_at,
      job_usage.allocated_gpus,
      job_usage.accelerator,
      job_usage.model,
      job_usage.provider,
      job_usage.region)) AS job
  FROM reported_by_day AS report
  LEFT JOIN job_usage
    ON job_usage.job_id = report.job_id
    AND job_usage.cluster <=> report.cluster
    AND job_usage.started_at < report.part_to
    AND job_usage.ended_at > report.part_from
  GROUP BY ALL
),
trained AS (
  SELECT
    reported.cluster,
    coalesce(job.provider, place.provider) AS provider,
    coalesce(job.region, place.region) AS region,
    coalesce(reported.model, job.model) AS model,
    coalesce(job.accelerator, place.accelerator) AS accelerator,
    job.allocated_gpus,
    tokens,
    day_number,
    unix_micros(started_at) AS from_us,
    unix_micros(ended_at) AS to_us
  FROM reported
  LEFT JOIN cluster AS place ON place.cluster = reported.cluster
),
trained_by_day AS (
  SELECT
    *,
    tokens * (least(to_us, (day_number + 1) * 86400000000) - from_us) DIV CAST(to_us - from_us AS DECIMAL(18, 0))
      - tokens * (greatest(from_us, day_number * 86400000000) - from_us) DIV CAST(to_us - from_us AS DECIMAL(18, 0)) AS part,
    CAST(allocated_gpus AS DECIMAL(12, 0))
      * CAST((least(to_us, (day_number + 1) * 86400000000) - greatest(from_us, day_number * 86400000000)) / 1e6 AS DECIMAL(12, 6))
      AS gpu_seconds
  FROM (SELECT * EXCEPT (tokens), CAST(tokens AS DECIMAL(19, 0)) AS tokens FROM trained)
),
training AS (
  SELECT
    day_number,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    model,
    sum(part) AS tokens,
    CASE WHEN count(gpu_seconds) = count(*) THEN CAST(sum(gpu_seconds) AS DOUBLE) END AS gpu_seconds,
    CASE WHEN count(gpu_seconds * flops) = count(*) THEN CAST(sum(gpu_seconds * flops) AS DOUBLE) END AS peak_flop
  FROM trained_by_day
  LEFT JOIN peak USING (accelerator)
  GROUP BY day_number, cluster, model
),
told AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    model,
    'serving' AS activity,
    tokens,
    active_parameters,
    model_flop,
    gpu_seconds * share AS gpu_seconds,
    peak_flop * share AS peak_flop
  FROM serving_share
  LEFT JOIN serving USING (day, cluster)
  UNION ALL
  SELECT
    date_from_unix_date(CAST(day_number AS INT)),
    provider,
    region,
    cluster,
    model,
    'training',
    tokens,
    active_parameters,
    6 * active_parameters * tokens,
    gpu_seconds,
    peak_flop
  FROM training
  LEFT JOIN (SELECT model, active_parameters FROM model) USING (model)
)
SELECT
  day,
  provider,
  region,
  cluster,
  model,
  activity,
  tokens,
  active_parameters,
  model_flop,
  gpu_seconds,
  peak_flop AS peak_bf16_dense_flop,
  model_flop / nullif(peak_flop, 0) AS mfu_bf16_dense
FROM told
