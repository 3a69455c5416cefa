WITH today AS (
  SELECT max(day) AS day FROM history
),
supplied AS (
  SELECT max_by(measure, day) AS measure, max(day) AS since, max_by(supply, day) AS supply,
    max_by(planned_share, day) AS planned_share
  FROM supply
  WHERE provider = 'all' AND region = 'all' AND day <= (SELECT day FROM today)
  GROUP BY supply.measure
),
recent AS (
  SELECT max(day) AS until,
    sum(allocated_h100e_hours) AS allocated,
    sum(allocated_reporting_h100e_hours) AS reporting
  FROM utilisation_hourly
  WHERE day > date_sub((SELECT max(day) FROM utilisation_hourly), 7)
),
month AS (
  SELECT max(trunc(day, 'MM')) AS first_day
  FROM cost_per_token_daily
  WHERE total_tokens > 0 AND last_day(day) <= (SELECT max(day) FROM cost_per_token_daily WHERE total_tokens > 0)
),
serving AS (
  SELECT day, cluster, billing_currency, cost_basis, serving_cost, max(total_tokens) OVER (PARTITION BY day, cluster) AS tokens
  FROM cost_per_token_daily
  WHERE NOT is_unallocated AND cluster IS NOT NULL AND trunc(day, 'MM') = (SELECT first_day FROM month)
),
priced AS (
  SELECT billing_currency, cost_basis, sum(serving_cost) AS cost, sum(tokens) AS tokens
  FROM serving
  WHERE serving_cost IS NOT NULL AND tokens > 0
  GROUP BY billing_currency, cost_basis
),
cards AS (
  SELECT 1 AS place, measure AS detail,
    'Supply now' AS card,
    CASE measure WHEN 'gpu_hours' THEN supply / 24 ELSE supply END AS value,
    CASE measure WHEN 'gpu_hours' THEN 'H100e' WHEN 'mw' THEN 'MW' ELSE measure END AS unit,
    CAST(NULL AS DATE) AS day,
    CAST(NULL AS STRING) AS words,
    CASE
      WHEN planned_share > 0
        THEN concat('Since ', since, '; ', format_string('%.0f', planned_share * 100), ' % of it planned, not yet actual')
      ELSE concat('Energised; unchanged since ', since)
    END AS note
  FROM supplied
  UNION ALL
  SELECT 2, '', 'Allocated share', allocated / nullif(reporting, 0), 'share', NULL, NULL,
    concat('Of the GPU-hours that tell it, in H100 equivalents, 7 days to ', until)
  FROM recent
  WHERE until IS NOT NULL
  UNION ALL
  SELECT 3, concat(billing_currency, cost_basis), 'Cost per million tokens',
    CAST(cost AS DOUBLE) / tokens * 1e6, billing_currency, NULL, NULL,
    concat(date_format((SELECT first_day FROM month), 'MMMM yyyy'), ', ',
      CASE cost_basis
        WHEN 'effective' THEN 'effective cost'
        WHEN 'rate_card' THEN 'at the rate card'
        WHEN 'own' THEN 'cost of an own data centre'
        ELSE cost_basis
      END,
      '; clusters that served tokens')
  FROM priced
  UNION ALL
  SELECT 4, measure,
    concat('Demand passes supply: ',
      CASE measure WHEN 'gpu_hours' THEN 'GPU-hours' WHEN 'mw' THEN 'MW' ELSE measure END),
    NULL, NULL, first_day_p50_exceeds,
    CASE WHEN compared_from IS NULL THEN 'No supply stated' WHEN first_day_p50_exceeds IS NULL THEN 'Not in sight' END,
    CASE
      WHEN compared_from IS NULL THEN 'Clusters and capacity milestones tell no supply in this measure'
      ELSE concat('P50 of the daily mean, compared from ', compared_from, ' to ', until, '; ',
        CASE WHEN days_p50_exceeds > 0 THEN concat('short on ', days_p50_exceeds, ' days of it; ') ELSE '' END,
        coalesce(concat('P90 passes on ', first_day_p90_exceeds), 'neither does P90'))
    END
  FROM capacity_gap
  WHERE scenario = 'base' AND provider = 'all' AND region = 'all'
)
SELECT card, value, unit, day, words, note
FROM cards
ORDER BY place, detail
