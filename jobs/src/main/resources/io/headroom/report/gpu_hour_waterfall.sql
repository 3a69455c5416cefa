SELECT date_format(day, 'yyyy-MM') AS month, provider, region, cluster, accelerator,
  CAST(sum(tensor_active_gpu_hours) AS DOUBLE) AS tensor_active_gpu_hours,
  CAST(sum(memory_or_communication_bound_gpu_hours) AS DOUBLE) AS memory_or_communication_bound_gpu_hours,
  CAST(sum(held_idle_gpu_hours) AS DOUBLE) AS held_idle_gpu_hours,
  CAST(sum(unscheduled_idle_gpu_hours) AS DOUBLE) AS unscheduled_idle_gpu_hours,
  CAST(sum(failure_and_maintenance_gpu_hours) AS DOUBLE) AS failure_and_maintenance_gpu_hours,
  CAST(sum(tensor_untold_gpu_hours + activity_untold_gpu_hours + allocation_untold_gpu_hours + health_untold_gpu_hours
    + unobserved_gpu_hours) AS DOUBLE) AS untold_gpu_hours,
  CAST(sum(power_wait_gpu_hours) AS DOUBLE) AS power_wait_gpu_hours,
  CAST(sum(delivery_slip_gpu_hours) AS DOUBLE) AS delivery_slip_gpu_hours,
  CAST(sum(contracted_gpu_hours) AS DOUBLE) AS contracted_gpu_hours,
  CAST(sum(delivered_gpu_hours) AS DOUBLE) AS delivered_gpu_hours,
  CAST(sum(energised_gpu_hours) AS DOUBLE) AS energised_gpu_hours,
  CAST(sum(healthy_gpu_hours) AS DOUBLE) AS healthy_gpu_hours,
  CAST(sum(allocated_gpu_hours) AS DOUBLE) AS allocated_gpu_hours,
  CAST(sum(sm_active_gpu_hours) AS DOUBLE) AS sm_active_gpu_hours
FROM gpu_hour_waterfall_daily
GROUP BY date_format(day, 'yyyy-MM'), provider, region, cluster, accelerator
ORDER BY month DESC, provider, region, cluster, accelerator
