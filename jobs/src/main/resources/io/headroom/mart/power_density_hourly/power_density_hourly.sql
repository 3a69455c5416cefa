-- Power of one hour on all levels, from mart.power_instant. p95 weighs each moment by its time.
--
-- Level gpu is a sketch of a rack's GPUs, or of those of a host outside any rack: a row per GPU would be as many rows as all
-- other levels have together, many times over, for what is asked of a rack: how its GPUs spread. Its mean is energy over GPU
-- time, its p95 and max are over the mean watts of each GPU in the hour, which no repeated sample and no MIG instance shifts.
-- A sample is of the hour in which it was taken. One that stands for more than an hour is of all that it holds in, as in
-- mart.rack_instant: to the next one if that comes within 1.5 times its interval, else for its interval; the first of a day
-- from midnight where that is less than its interval away, the last until midnight at most.
--
-- Facility power that no meter tells is metered IT power times the PUE to plan with: that of staging.cluster, else the one
-- that its provider last published for a time that had begun. What GPU boards draw is not IT power, so it is not multiplied.
--
-- Coincidence factor: the highest sum of the parts over the sum of their highest, where the sum covers 95 % of the hour. The
-- factor of a place with a meter of its own is that of its parts.
WITH hourly AS (
  SELECT
    day,
    date_trunc('HOUR', instant) AS hour,
    level,
    provider,
    region,
    cluster,
    rack_row,
    rack,
    node,
    power_basis,
    is_sum_of_parts,
    is_told,
    CASE WHEN min(energy_method) <> max(energy_method) THEN 'both' ELSE min(energy_method) END AS energy_method,
    max(parts) AS parts,
    percentile(power_w, 0.95, CAST(round(interval_s * 1e6) AS BIGINT)) AS p95_power_w,
    max(power_w) AS max_power_w,
    CAST(sum(CAST(interval_s AS DECIMAL(18, 6))) AS DOUBLE) AS covered_s,
    CAST(sum(CAST(energy_j AS DECIMAL(22, 3))) AS DOUBLE) AS energy_j
  FROM power_instant
  GROUP BY day, hour, level, provider, region, cluster, rack_row, rack, node, power_basis, is_sum_of_parts, is_told
),
at_once AS (
  SELECT
    cluster,
    rack,
    node,
    instant,
    CASE WHEN count(tgp_w) = count(*) THEN sum(CAST(gpu_seconds / interval_s * tgp_w AS DECIMAL(14, 3))) END AS all_w,
    max(tgp_w) AS one_w
  FROM rack_instant
  LEFT JOIN (SELECT accelerator, tgp_w FROM accelerator) USING (accelerator)
  GROUP BY cluster, rack, node, instant
),
tgp AS (
  SELECT date_trunc('HOUR', instant) AS hour, cluster, rack, node,
    CASE WHEN count(all_w) = count(*) THEN CAST(max(all_w) AS DOUBLE) END AS all_w, max(one_w) AS one_w
  FROM at_once
  GROUP BY 1, 2, 3, 4
),
published_pue AS (
  SELECT cluster, collect_list(struct(pue.region IS NOT NULL AS is_regional, period_start, period_end, pue.pue)) AS published
  FROM cluster
  JOIN pue ON pue.provider = cluster.provider AND (pue.region IS NULL OR pue.region = cluster.region)
  GROUP BY cluster
),
sited AS (
  SELECT
    hourly.*,
    max(CASE WHEN is_sum_of_parts AND covered_s >= 0.95 * 3600 THEN max_power_w END) OVER (
      PARTITION BY hourly.hour, level, hourly.cluster, rack_row, hourly.rack, hourly.node) AS sum_peak_w,
    bool_or(level = 'facility') OVER (PARTITION BY hourly.hour, hourly.cluster) AS is_facility_metered,
    CASE WHEN level = 'rack' OR level = 'node' AND hourly.rack IS NULL THEN all_w END AS tgp_w,
    CASE WHEN level = 'rack' THEN rack_nameplate_w END AS nameplate_w,
    CASE level WHEN 'it' THEN power_envelope_w WHEN 'facility' THEN facility_envelope_w END AS envelope_w,
    facility_envelope_w,
    CASE WHEN level IN ('it', 'facility') THEN coalesce(
      site.pue,
      array_max(filter(published, period -> period.period_start <= day)).pue) END AS planned_pue
  FROM hourly
  LEFT JOIN tgp
    ON tgp.hour = hourly.hour AND tgp.cluster <=> hourly.cluster AND tgp.rack <=> hourly.rack AND tgp.node <=> hourly.node
  LEFT JOIN cluster AS site ON site.cluster = hourly.cluster
  LEFT JOIN published_pue ON published_pue.cluster = hourly.cluster
),
within AS (
  SELECT
    hour,
    whole.level,
    cluster,
    whole.rack_row,
    whole.rack,
    CAST(count(*) AS INT) AS parts,
    CAST(sum(CAST(max_power_w AS DECIMAL(20, 6))) AS DOUBLE) AS peaks_w,
    CASE WHEN count(tgp_w) = count(*) THEN CAST(sum(CAST(tgp_w AS DECIMAL(20, 3))) AS DOUBLE) END AS tgp_w,
    CASE WHEN count(nameplate_w) = count(*) THEN CAST(sum(CAST(nameplate_w AS DECIMAL(20, 3))) AS DOUBLE) END AS nameplate_w
  FROM sited
  LATERAL VIEW explode(array(
    CASE WHEN level = 'node' AND sited.rack IS NOT NULL
      THEN struct('rack' AS level, sited.rack_row AS rack_row, sited.rack AS rack) END,
    CASE WHEN (level = 'rack' OR sited.rack IS NULL) AND sited.rack_row IS NOT NULL
      THEN struct('row' AS level, sited.rack_row AS rack_row, CAST(NULL AS STRING) AS rack) END,
    CASE WHEN level = 'rack' OR sited.rack IS NULL
      THEN struct('it' AS level, CAST(NULL AS STRING) AS rack_row, CAST(NULL AS STRING) AS rack) END)) AS whole
  WHERE is_told AND level IN ('node', 'rack') AND whole IS NOT NULL
  GROUP BY hour, whole.level, cluster, whole.rack_row, whole.rack
),
place AS (
  SELECT
    sited.*,
    coalesce(sited.parts, within.parts) AS known_parts,
    sum_peak_w / nullif(peaks_w, 0) AS coincidence_factor,
    within.tgp_w AS parts_tgp_w,
    within.nameplate_w AS parts_nameplate_w
  FROM sited
  LEFT JOIN within
    ON within.hour = sited.hour
    AND within.level = sited.level
    AND within.cluster <=> sited.cluster
    AND within.rack_row <=> sited.rack_row
    AND within.rack <=> sited.rack
  WHERE is_told
),
seldom AS (
  SELECT
    *,
    lag(at_ms) OVER gpu IS NULL AS is_first,
    lead(at_ms) OVER gpu AS next_ms
  FROM (
    SELECT
      *,
      CAST(interval_s * 1000 AS BIGINT) AS interval_ms,
      unix_millis(sampled_at) - unix_date(day) * 86400000L AS at_ms
    FROM gpu_sample
    WHERE interval_s > 3600
  )
  WINDOW gpu AS (PARTITION BY day, cluster, gpu_uuid, mig_instance ORDER BY at_ms)
),
holding AS (
  SELECT
    *,
    CASE WHEN is_first AND at_ms < interval_ms THEN 0 ELSE at_ms END AS from_ms,
    CASE WHEN 2 * (next_ms - at_ms) <= 3 * interval_ms THEN next_ms ELSE least(at_ms + interval_ms, 86400000) END AS to_ms
  FROM seldom
),
held AS (
  SELECT day, date_trunc('HOUR', sampled_at) AS hour, cluster, rack, node, gpu_uuid, power_w, power_limit_w, interval_s
  FROM gpu_sample
  WHERE interval_s <= 3600
  UNION ALL
  SELECT
    day,
    timestamp_millis(unix_date(day) * 86400000L + hour_number * 3600000),
    cluster,
    rack,
    node,
    gpu_uuid,
    power_w,
    power_limit_w,
    (least(to_ms, (hour_number + 1) * 3600000) - greatest(from_ms, hour_number * 3600000)) / 1e3
  FROM holding
  LATERAL VIEW explode(sequence(from_ms DIV 3600000, (to_ms - 1) DIV 3600000)) AS hour_number
  WHERE to_ms > from_ms
),
gpu AS (
  SELECT
    day,
    hour,
    cluster,
    rack,
    CASE WHEN rack IS NULL THEN node END AS node,
    gpu_uuid,
    CAST(sum(CAST(power_w * interval_s AS DECIMAL(22, 3))) / sum(CAST(interval_s AS DECIMAL(18, 6))) AS DOUBLE) AS mean_w,
    max(power_limit_w) AS power_limit_w
  FROM held
  WHERE power_w IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6
),
gpus AS (
  SELECT
    hour,
    cluster,
    rack,
    node,
    CAST(count(*) AS INT) AS parts,
    percentile(mean_w, 0.95) AS p95_power_w,
    max(mean_w) AS max_power_w,
    max(power_limit_w) AS power_limit_w
  FROM gpu
  GROUP BY hour, cluster, rack, node
),
boards AS (
  SELECT
    day,
    date_trunc('HOUR', instant) AS hour,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    rack,
    node,
    CAST(sum(CAST(gpu_energy_j AS DECIMAL(20, 3))) AS DOUBLE) AS energy_j,
    CAST(sum(CAST(power_reporting_gpu_seconds AS DECIMAL(18, 6))) AS DOUBLE) AS covered_s
  FROM rack_instant
  WHERE gpu_energy_j IS NOT NULL
  GROUP BY 1, 2, 5, 6, 7
)
SELECT
  day,
  hour,
  CASE WHEN is_modelled THEN 'facility' ELSE level END AS level,
  provider,
  region,
  cluster,
  rack_row,
  rack,
  node,
  CASE WHEN is_modelled THEN 'modelled' ELSE power_basis END AS power_basis,
  is_sum_of_parts AND NOT is_modelled AS is_sum_of_parts,
  energy_method,
  CASE WHEN NOT is_modelled THEN known_parts END AS parts,
  energy_j / covered_s * factor AS mean_power_w,
  p95_power_w * factor AS p95_power_w,
  max_power_w * factor AS max_power_w,
  covered_s,
  energy_j * factor AS energy_j,
  CASE WHEN NOT is_modelled THEN coincidence_factor END AS coincidence_factor,
  CASE WHEN NOT is_modelled THEN CASE WHEN level IN ('row', 'it') THEN parts_tgp_w ELSE tgp_w END END AS tgp_w,
  CASE WHEN NOT is_modelled THEN CASE WHEN level IN ('row', 'it') THEN parts_nameplate_w ELSE nameplate_w END END
    AS nameplate_w,
  CASE WHEN is_modelled THEN facility_envelope_w ELSE envelope_w END AS envelope_w,
  planned_pue
FROM place
LATERAL VIEW explode(
  CASE WHEN level = 'it' AND power_basis = 'metered' AND planned_pue IS NOT NULL AND NOT is_facility_metered
    THEN map(false, 1D, true, planned_pue) ELSE map(false, 1D) END) AS is_modelled, factor
UNION ALL
SELECT
  boards.day,
  boards.hour,
  'gpu',
  provider,
  region,
  boards.cluster,
  NULL,
  boards.rack,
  boards.node,
  'gpu_sum',
  false,
  NULL,
  parts,
  energy_j / nullif(covered_s, 0),
  p95_power_w,
  max_power_w,
  covered_s,
  energy_j,
  NULL,
  tgp.one_w,
  NULL,
  power_limit_w,
  NULL
FROM boards
LEFT JOIN gpus
  ON gpus.hour = boards.hour AND gpus.cluster = boards.cluster AND gpus.rack <=> boards.rack AND gpus.node <=> boards.node
LEFT JOIN tgp
  ON tgp.hour = boards.hour AND tgp.cluster = boards.cluster AND tgp.rack <=> boards.rack AND tgp.node <=> boards.node
