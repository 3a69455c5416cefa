SELECT day, provider, region, cluster, accelerator,
  CAST(sum(stranded_gpu_hours) AS DOUBLE) / CAST(nullif(sum(free_gpu_hours), 0) AS DOUBLE) AS stranded_share,
  CAST(sum(free_gpu_hours) AS DOUBLE) / CAST(nullif(sum(observed_gpu_hours), 0) AS DOUBLE) AS free_share,
  CAST(sum(whole_free_domain_hours) AS DOUBLE) / CAST(nullif(sum(covered_h), 0) AS DOUBLE) AS whole_free_domains,
  CAST(sum(startable_72_gpu_job_hours) AS DOUBLE) / CAST(nullif(sum(covered_h), 0) AS DOUBLE) AS startable_72_gpu_jobs,
  CAST(sum(startable_36_gpu_job_hours) AS DOUBLE) / CAST(nullif(sum(covered_h), 0) AS DOUBLE) AS startable_36_gpu_jobs,
  CAST(sum(idle_while_queued_gpu_hours) AS DOUBLE) AS idle_while_queued_gpu_hours,
  CAST(sum(waiting_gpu_hours) AS DOUBLE) AS waiting_gpu_hours,
  CAST(sum(free_gpu_hours) AS DOUBLE) AS free_gpu_hours,
  CAST(sum(stranded_gpu_hours) AS DOUBLE) AS stranded_gpu_hours
FROM nvlink_fragmentation_hourly
WHERE day > date_sub((SELECT max(day) FROM nvlink_fragmentation_hourly), 400)
GROUP BY day, provider, region, cluster, accelerator
ORDER BY day DESC, provider, region, cluster, accelerator
