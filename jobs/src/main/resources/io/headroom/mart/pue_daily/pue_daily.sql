-- Facility over IT energy of the same hours: those in which both are metered for at least 95 % of the hour, what is covered
-- standing for the rest of it. A ratio of sums, never an average of ratios. IT is what its own meter tells, else the sum of all
-- its racks and hosts outside any rack; what GPU boards draw is not IT power.
WITH hourly AS (
  SELECT
    day,
    hour,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    max(planned_pue) AS planned_pue,
    bool_or(level = 'it' AND is_sum_of_parts) AS is_it_sum_of_parts,
    max(CASE WHEN level = 'it' THEN told_w END) AS it_w,
    max(CASE WHEN level = 'facility' THEN told_w END) AS facility_w
  FROM (
    SELECT *, CASE WHEN power_basis = 'metered' AND covered_s >= 0.95 * 3600 THEN mean_power_w END AS told_w
    FROM power_density_hourly
    WHERE level IN ('it', 'facility') AND cluster IS NOT NULL
  )
  GROUP BY day, hour, cluster
),
daily AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    max(planned_pue) AS planned_pue,
    bool_or(is_it_sum_of_parts) AS is_it_sum_of_parts,
    CAST(count(CASE WHEN it_w IS NOT NULL THEN facility_w END) AS INT) AS hours,
    CAST(sum(CASE WHEN facility_w IS NOT NULL THEN CAST(it_w * 3600 AS DECIMAL(22, 3)) END) AS DOUBLE) AS it_energy_j,
    CAST(sum(CASE WHEN it_w IS NOT NULL THEN CAST(facility_w * 3600 AS DECIMAL(22, 3)) END) AS DOUBLE) AS facility_energy_j
  FROM hourly
  GROUP BY day, cluster
)
SELECT
  day,
  daily.provider,
  daily.region,
  cluster,
  hours,
  it_energy_j,
  facility_energy_j,
  is_it_sum_of_parts,
  facility_energy_j / nullif(it_energy_j, 0) AS pue,
  facility_energy_j < it_energy_j AS is_below_1,
  pue_category,
  planned_pue
FROM daily
LEFT JOIN (SELECT cluster, pue_category FROM cluster) USING (cluster)
