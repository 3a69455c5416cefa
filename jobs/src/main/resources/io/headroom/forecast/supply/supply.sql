-- Energised capacity as a step function, by provider and region, by provider, and of the fleet: MW of IT power, and
-- H100e-hours a day (accelerators x H100 equivalents x 24).
--
-- Milestones. Of each the row known last counts, unless its state is announced, loi, paused or dropped. Only an
-- energised one is reached, and adds its figure from the day it happened; where no day is told, from the day that became
-- known, unless it is planned for later. Any other is planned, a delivered one too, since it waits for power: it counts
-- from the day it is planned for; where history has passed that day it is late, and counts from the day after history's
-- last. Without a day or a figure it adds nothing. Megawatts count on the basis 'it' alone: facility, utility and
-- unstated ones are not converted. An accelerator without known H100 equivalents adds no gpu_hours.
--
-- Overlaps. Milestones of one overlap group are never added up: the group has the largest figure reached so far. That
-- may be too little, never too much. As a group may cross regions, regions need not add up to their totals.
--
-- Clusters. What is installed by staging.cluster (its GPUs, and the IT power that its site grants it) holds the reached
-- milestones that name the cluster: they count on their days, and what is installed beyond their sum counts from the
-- first day of history. So by today a cluster has the larger of what is installed and what was reached, in each measure
-- by itself, and neither is added to the other. If some of its reached milestones are in an overlap group, what is
-- installed beyond the others is one more figure of that group, together with that of the group's other clusters. Planned
-- milestones add to all that. A milestone that names no cluster is taken to be capacity of its own, so a total is only
-- as comparable with demand as the ledger is with the telemetry. For the same reason the fleet's total has the
-- providers that history knows demand of: elsewhere the ledger tells of capacity whose use nobody here can see.
WITH known AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY milestone_id
      ORDER BY known_at DESC, actual_on DESC, planned_on DESC, state, mw, accelerators, source, path) AS back
  FROM capacity_milestone
),
history_days AS (
  SELECT measure, min(day) AS first_day
  FROM history
  GROUP BY measure
),
counted AS (
  SELECT
    milestone_id,
    overlap_group,
    cluster,
    provider,
    coalesce(region, 'unknown') AS region,
    is_reached,
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
      state = 'energised'
        AND (actual_on IS NOT NULL OR coalesce(planned_on <= CAST(known_at AS DATE), true)) AS is_reached
    FROM known
    WHERE back = 1 AND state NOT IN ('announced', 'loi', 'paused', 'dropped'))
  WHERE is_reached OR planned_on IS NOT NULL
),
milestone_figures AS (
  SELECT 'mw' AS measure, counted.*, CAST(mw AS DECIMAL(28, 9)) AS amount
  FROM counted
  WHERE mw_basis = 'it'
  UNION ALL
  SELECT 'gpu_hours', counted.*, CAST(accelerators * h100_equivalents * 24 AS DECIMAL(28, 9))
  FROM counted
  JOIN accelerator ON counted.accelerator = accelerator.accelerator
),
installed AS (
  SELECT
    'mw' AS measure,
    cluster,
    provider,
    region,
    CAST(power_envelope_w / 1000000 AS DECIMAL(28, 9)) AS amount
  FROM cluster
  UNION ALL
  SELECT 'gpu_hours', cluster, provider, region, CAST(installed_gpus * h100_equivalents * 24 AS DECIMAL(28, 9))
  FROM cluster
  JOIN accelerator USING (accelerator)
),
reached_of_clusters AS (
  SELECT
    measure,
    cluster,
    min(overlap_group) AS overlap_group,
    coalesce(sum(amount) FILTER (WHERE overlap_group IS NULL), 0) AS amount
  FROM milestone_figures
  WHERE is_reached AND amount > 0
  GROUP BY measure, cluster
),
figures AS (
  SELECT
    measure,
    provider,
    region,
    coalesce('group ' || overlap_group, 'milestone ' || milestone_id) AS part,
    'milestone ' || milestone_id AS member,
    1 AS milestones,
    is_reached AS is_actual,
    day,
    amount
  FROM milestone_figures
  UNION ALL
  SELECT
    measure,
    installed.provider,
    coalesce(installed.region, 'unknown'),
    coalesce('group ' || reached.overlap_group, 'cluster ' || cluster),
    'installed',
    0,
    true,
    first_day,
    installed.amount - coalesce(reached.amount, 0)
  FROM installed
  JOIN history_days USING (measure)
  LEFT JOIN reached_of_clusters AS reached USING (measure, cluster)
),
figures_of_series AS (
  SELECT
    measure,
    series.provider,
    series.region,
    part,
    day,
    sum(amount) AS amount,
    max(is_actual) AS is_actual,
    max(milestones) AS milestones
  FROM figures
  LATERAL VIEW inline(array(
    named_struct('provider', provider, 'region', region),
    named_struct('provider', provider, 'region', 'all'),
    named_struct('provider', 'all', 'region', 'all'))) series
  WHERE day IS NOT NULL AND amount > 0 AND (
    series.provider <> 'all'
    OR EXISTS (SELECT 1 FROM history WHERE history.measure = figures.measure AND history.provider = figures.provider))
  GROUP BY measure, series.provider, series.region, part, member, day
),
parts AS (
  SELECT
    measure,
    provider,
    region,
    part,
    day,
    max(max(milestones)) OVER (PARTITION BY measure, provider, region, part) AS milestones,
    max(max(amount)) OVER (PARTITION BY measure, provider, region, part ORDER BY day) AS amount,
    max(max(CASE WHEN is_actual THEN amount ELSE 0 END)) OVER (
      PARTITION BY measure, provider, region, part ORDER BY day) AS actual_amount
  FROM figures_of_series
  GROUP BY measure, provider, region, part, day
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
