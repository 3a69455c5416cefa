SELECT day, provider, region, cluster, software,
  sum(software_energy_j) / nullif(sum(meter_energy_j), 0) AS software_share,
  (sum(meter_energy_j) - sum(software_energy_j)) / nullif(sum(meter_energy_j), 0) AS missing_share,
  sum(missing_power_w * hours) / nullif(sum(hours), 0) / 1000 AS missing_power_kw,
  count(*) AS racks, sum(software_energy_j) AS software_energy_j, sum(meter_energy_j) AS meter_energy_j
FROM power_reconciliation_daily
WHERE day > date_sub((SELECT max(day) FROM power_reconciliation_daily), 400)
GROUP BY day, provider, region, cluster, software
ORDER BY day DESC, provider, region, cluster, software
