WITH months AS (
  SELECT date_format(day, 'yyyy-MM') AS month, provider, region, cluster, accelerator,
    productive_gpu_hours, unreported_gpu_hours, training_gpu_hours, reported_beyond_gpu_hours,
    coalesce(try_element_at(badput_gpu_hours, 'initialisation'), 0)
      + coalesce(try_element_at(badput_gpu_hours, 'data_loading'), 0) AS waiting,
    coalesce(try_element_at(badput_gpu_hours, 'checkpoint_save'), 0)
      + coalesce(try_element_at(badput_gpu_hours, 'checkpoint_restore'), 0) AS checkpoints,
    coalesce(try_element_at(badput_gpu_hours, 'wasted_progress'), 0) AS wasted,
    coalesce(try_element_at(badput_gpu_hours, 'infrastructure_recovery'), 0) AS recovery,
    training_gpu_hours + reported_beyond_gpu_hours - productive_gpu_hours - unreported_gpu_hours AS badput
  FROM gpu_hour_waterfall_daily
  WHERE training_gpu_hours + reported_beyond_gpu_hours > 0
)
SELECT month, provider, region, cluster, accelerator,
  CAST(sum(productive_gpu_hours) AS DOUBLE) AS productive_gpu_hours,
  CAST(sum(waiting) AS DOUBLE) AS waiting_gpu_hours,
  CAST(sum(checkpoints) AS DOUBLE) AS checkpoint_gpu_hours,
  CAST(sum(wasted) AS DOUBLE) AS wasted_gpu_hours,
  CAST(sum(recovery) AS DOUBLE) AS recovery_gpu_hours,
  CAST(sum(badput - waiting - checkpoints - wasted - recovery) AS DOUBLE) AS other_badput_gpu_hours,
  CAST(sum(unreported_gpu_hours) AS DOUBLE) AS unreported_gpu_hours,
  CAST(sum(training_gpu_hours) AS DOUBLE) AS training_gpu_hours,
  CAST(sum(productive_gpu_hours) AS DOUBLE)
    / CAST(nullif(sum(training_gpu_hours + reported_beyond_gpu_hours - unreported_gpu_hours), 0) AS DOUBLE) AS goodput
FROM months
GROUP BY month, provider, region, cluster, accelerator
ORDER BY month DESC, provider, region, cluster, accelerator
