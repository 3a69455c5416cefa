SELECT day, provider, region, cluster, pue, planned_pue, pue_category, hours, it_energy_j, facility_energy_j,
  CASE WHEN is_below_1 THEN 'below 1: a meter is wrong' END AS finding
FROM pue_daily
WHERE day > date_sub((SELECT max(day) FROM pue_daily), 400)
ORDER BY day DESC, provider, region, cluster
