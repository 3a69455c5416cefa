SELECT day, provider, region, cluster, model, activity, mfu_bf16_dense, tokens, model_flop, peak_bf16_dense_flop,
  gpu_seconds / 3600 AS gpu_hours
FROM model_flops_daily
WHERE day > date_sub((SELECT max(day) FROM model_flops_daily), 400)
ORDER BY day DESC, provider, region, cluster, model, activity
