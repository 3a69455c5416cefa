-- Energised capacity as a step function, by provider and region, by provider, and of the fleet: MW of IT power, and
-- H100e-hours a day (accelerators x H100 equivalents x 24).
--
-- Milestones. Of each the row known last counts, unless its state is announced, loi, paused or dropped. It adds its
-- figure from the day it happened. Delivered or energised on a day that is not told, it counts from the day that became
-- known, if it was planned for then or before. Else it is planned, and counts from the day it is planned for; where
-- history has passed that day it is late, and counts from the day after history's last. Without a day or a figure it
-- adds nothing. Megawatts count on the basis 'it' alone: facility, utility and unstated ones are not converted. An
-- accelerator without known H100 equivalents adds no gpu_hours.
--
-- Overlaps. Milestones of one overlap group are never added up: the group has the largest figure reached so far. That
-- may be too little, never too much. As a group may cross regions, regions need not add up to their totals.
--
-- Clusters. One that no milestone names has what staging.cluster says, from the first day of history: its GPUs, and the
-- IT power that its site grants it. A milestone that names no cluster is taken to be capacity of its own, so a total is
-- only as comparable with demand as the ledger is with the telemetry. For the same reason the fleet's total has the
-- providers that history knows demand of: elsewhere the ledger tells of capacity whose use nobody here can see.
WITH known AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY milestone_id
      ORDER BY known_at DESC, actual_on DESC, planned_on DESC, state, mw, accelerators, path) AS back
  FROM capacity_milestone
),
history_days AS (
  SELECT measure, min(day) AS first_day
  FROM history
  GROUP BY measure
),
counted AS (
  SELECT
    provider,
    coalesce(region, 'unknown') AS region,
    coalesce('group ' || overlap_group, 'milestone ' || milestone_id) AS part,
    is_reached AS is_actual,
    CASE
      WHEN is_reached THEN coalesce(actual_on, CAST(known_at AS DATE))
      ELSE greatest(planned_on, date_add((SELECT max(day) FROM history), 1))
    END AS day,
    mw,
    mw_basis,
    accelerators,
    accelerator
  FROM (
    SELECT
      *,
      state IN ('delivered', 'energised')
        AND (actual_on IS NOT NULL OR coalesce(planned_on <= CAST(known_at AS DATE), false)) AS is_reached
    FROM known
    WHERE back = 1 AND state NOT IN ('announced', 'loi', 'paused', 'dropped'))
  WHERE is_reached OR planned_on IS NOT NULL
),
unplanned AS (
  SELECT
    provider,
    coalesce(region, 'unknown') AS region,
    'cluster ' || cluster AS part,
    power_envelope_w / 1000000 AS mw,
    installed_gpus,
    accelerator
  FROM cluster
  LEFT ANTI JOIN capacity_milestone USING (cluster)
),
figures AS (
  SELECT 'mw' AS measure, provider, region, part, 1 AS milestones, is_actual, day, mw AS amount
  FROM counted
  WHERE mw_basis = 'it'
  UNION ALL
  SELECT 'gpu_hours', provider, region, part, 1, is_actual, day, accelerators * h100_equivalents * 24
  FROM counted
  JOIN accelerator USING (accelerator)
  UNION ALL
  SELECT 'mw', provider, region, part, 0, true, first_day, mw
  FROM unplanned
  JOIN history_days ON measure = 'mw'
  UNION ALL
  SELECT 'gpu_hours', provider, region, part, 0, true, first_day, installed_gpus * h100_equivalents * 24
  FROM unplanned
  JOIN accelerator USING (accelerator)
  JOIN history_days ON measure = 'gpu_hours'
),
figures_of_series AS (
  SELECT
    measure,
    series.provider,
    series.region,
    part,
    milestones,
    is_actual,
    day,
    CAST(amount AS DECIMAL(28, 9)) AS amount
  FROM figures
  LATERAL VIEW inline(array(
    named_struct('provider', provider, 'region', region),
    named_struct('provider', provider, 'region', 'all'),
    named_struct('provider', 'all', 'region', 'all'))) series
  WHERE day IS NOT NULL AND amount > 0 AND (
    series.provider <> 'all'
    OR EXISTS (SELECT 1 FROM history WHERE history.measure = figures.measure AND history.provider = figures.provider))
),
parts AS (
  SELECT
    measure,
    provider,
    region,
    part,
    day,
    milestones,
    max(max(amount)) OVER (PARTITION BY measure, provider, region, part ORDER BY day) AS amount,
    max(max(CASE WHEN is_actual THEN amount ELSE 0 END)) OVER (
      PARTITION BY measure, provider, region, part ORDER BY day) AS actual_amount
  FROM figures_of_series
  GROUP BY measure, provider, region, part, day, milestones
),
steps AS (
  SELECT
    measure,
    provider,
    region,
    day,
    amount - lag(amount, 1, 0) OVER (PARTITION BY measure, provider, region, part ORDER BY day) AS amount,
    actual_amount - lag(actual_amount, 1, 0) OVER (
      PARTITION BY measure, provider, region, part ORDER BY day) AS actual_amount,
    CASE WHEN row_number() OVER (PARTITION BY measure, provider, region, part ORDER BY day) = 1
      THEN milestones ELSE 0 END AS milestones
  FROM parts
),
levels AS (
  SELECT
    measure,
    provider,
    region,
    day,
    sum(sum(amount)) OVER (PARTITION BY measure, provider, region ORDER BY day) AS amount,
    sum(sum(actual_amount)) OVER (PARTITION BY measure, provider, region ORDER BY day) AS actual_amount,
    sum(sum(milestones)) OVER (PARTITION BY measure, provider, region ORDER BY day) AS milestones
  FROM steps
  WHERE amount > 0 OR actual_amount > 0
  GROUP BY measure, provider, region, day
)
SELECT
  measure,
  provider,
  region,
  day,
  CAST(format_string('%.8e', CAST(amount AS DOUBLE)) AS DOUBLE) AS supply,
  CAST(format_string('%.8e', 1 - CAST(actual_amount AS DOUBLE) / CAST(amount AS DOUBLE)) AS DOUBLE) AS planned_share,
  CAST(milestones AS BIGINT) AS milestones
FROM levels
