-- When demand outgrows supply, in the scenario base: milestones as planned, demand as forecast. Tokens have no supply.
--
-- Demand is the mean of a day, so hours of a day may exceed supply before the day does. A day is compared where supply
-- is known: from the first step of that provider and region on, which compared_from tells. Without any step supply is
-- unknown, not 0, and so are the gaps.
WITH supply_between AS (
  SELECT
    measure,
    provider,
    region,
    supply,
    day AS from_day,
    lead(day) OVER (PARTITION BY measure, provider, region ORDER BY day) AS until_day
  FROM supply
),
compared AS (
  SELECT
    demand.measure,
    demand.provider,
    demand.region,
    origin,
    day,
    p50,
    p90,
    supply,
    CASE WHEN supply IS NOT NULL THEN CAST(format_string('%.8e', greatest(p50 - supply, 0)) AS DOUBLE) END AS short_p50,
    CASE WHEN supply IS NOT NULL THEN CAST(format_string('%.8e', greatest(p90 - supply, 0)) AS DOUBLE) END AS short_p90
  FROM demand
  LEFT JOIN supply_between
    ON demand.measure = supply_between.measure
    AND demand.provider = supply_between.provider
    AND demand.region = supply_between.region
    AND day >= from_day
    AND (until_day IS NULL OR day < until_day)
  WHERE demand.measure IN ('mw', 'gpu_hours') AND day <= DATE'2027-12-31'
)
SELECT
  'base' AS scenario,
  measure,
  provider,
  region,
  max(origin) AS origin,
  min(CASE WHEN supply IS NOT NULL THEN day END) AS compared_from,
  DATE'2027-12-31' AS until,
  min(CASE WHEN p50 > supply THEN day END) AS first_day_p50_exceeds,
  min(CASE WHEN p90 > supply THEN day END) AS first_day_p90_exceeds,
  max_by(supply, day) AS supply_at_end,
  max_by(p50, day) AS p50_at_end,
  max_by(p90, day) AS p90_at_end,
  max(short_p50) AS max_short_p50,
  max(short_p90) AS max_short_p90,
  CASE WHEN count(supply) > 0 THEN count_if(p50 > supply) END AS days_p50_exceeds
FROM compared
GROUP BY measure, provider, region
