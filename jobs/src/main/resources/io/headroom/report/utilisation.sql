SELECT day, provider, region, cluster, accelerator,
  sum(installed_gpu_hours) AS installed_gpu_hours,
  sum(healthy_gpu_hours) AS healthy_gpu_hours,
  sum(allocated_gpu_hours) AS allocated_gpu_hours,
  sum(sm_active_gpu_hours) AS sm_active_gpu_hours,
  sum(sm_reporting_gpu_hours) AS sm_reporting_gpu_hours,
  sum(sm_active_gpu_hours) / nullif(sum(sm_reporting_gpu_hours), 0) AS sm_utilisation,
  sum(tensor_active_gpu_hours) / nullif(sum(tensor_reporting_gpu_hours), 0) AS tensor_utilisation,
  sum(allocated_gpu_hours) / nullif(sum(allocated_reporting_gpu_hours), 0) AS allocated_share
FROM utilisation_hourly
WHERE day > date_sub((SELECT max(day) FROM utilisation_hourly), 400)
GROUP BY day, provider, region, cluster, accelerator
ORDER BY day DESC, provider, region, cluster, accelerator
