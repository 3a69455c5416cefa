SELECT day, provider, region, cluster, accelerator, billing_currency, cost_basis, cost, installed_gpu_hours, allocated_gpu_hours,
  sm_active_gpu_hours, h100_equivalent_hours, cost_per_gpu_hour, cost_per_allocated_gpu_hour, cost_per_h100_equivalent_hour
FROM gpu_hour_cost_daily
JOIN (SELECT max(day) AS last_day FROM gpu_hour_cost_daily WHERE installed_gpu_hours > 0) ON day > date_sub(last_day, 400)
  AND day <= last_day
ORDER BY day DESC, provider, region, cluster, accelerator, billing_currency, cost_basis
