SELECT job_id, provider, region, cluster, state, started_at, ended_at, allocated_gpus, gpu_seconds / 3600 AS gpu_hours,
  metered_hosts, hosts, mean_power_w / 1000 AS mean_power_kw, energy_j / 3.6e6 AS energy_kwh, tokens_per_s,
  joules_per_token, tokens_per_s_per_mw
FROM job_efficiency
ORDER BY joules_per_token IS NULL, ended_at DESC, job_id, cluster
LIMIT 500
