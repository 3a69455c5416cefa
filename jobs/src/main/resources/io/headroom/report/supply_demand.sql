WITH newest AS (
  SELECT *, max(origin) OVER (PARTITION BY measure, provider, region) AS newest_origin FROM demand
),
told AS (
  SELECT measure, provider, region, day, value AS actual, NULL AS p10, NULL AS p50, NULL AS p90, NULL AS supply,
    NULL AS planned_share
  FROM history
  UNION ALL
  SELECT measure, provider, region, day, NULL, p10, p50, p90, NULL, NULL FROM newest WHERE origin = newest_origin
  UNION ALL
  SELECT measure, provider, region, day, NULL, NULL, NULL, NULL, supply, planned_share FROM supply
),
days AS (
  SELECT measure, provider, region, day, max(actual) AS actual, max(p10) AS p10, max(p50) AS p50, max(p90) AS p90,
    max(supply) AS supply, max(planned_share) AS planned_share
  FROM told
  GROUP BY measure, provider, region, day
),
held AS (
  SELECT measure, provider, region, day, actual, p10, p50, p90,
    last_value(supply, true) OVER (PARTITION BY measure, provider, region ORDER BY day) AS supply,
    last_value(planned_share, true) OVER (PARTITION BY measure, provider, region ORDER BY day) AS planned_share,
    min(CASE WHEN coalesce(actual, p50) IS NOT NULL THEN day END)
      OVER (PARTITION BY measure, provider, region) AS first_day,
    max(CASE WHEN coalesce(actual, p50) IS NOT NULL THEN day END)
      OVER (PARTITION BY measure, provider, region) AS last_day
  FROM days
)
SELECT measure,
  CASE measure
    WHEN 'gpu_hours' THEN 'H100e-hours per day'
    WHEN 'tokens' THEN 'tokens per day'
    WHEN 'mw' THEN 'MW, mean IT power of the day'
    ELSE ''
  END AS unit,
  provider, region, day, actual, p10, p50, p90, supply, planned_share
FROM held
WHERE day BETWEEN coalesce(first_day, day) AND coalesce(last_day, day)
ORDER BY measure, provider, region, day
