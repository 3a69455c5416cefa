WITH tokens AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    sum(uncached_input_tokens + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
      + output_tokens + coalesce(reasoning_tokens, 0)) AS total_tokens,
    sum(output_tokens + coalesce(reasoning_tokens, 0)) AS output_tokens
  FROM token_usage
  WHERE cluster IS NOT NULL
  GROUP BY day, cluster
),
boards AS (
  SELECT day, cluster, CAST(sum(CAST(gpu_energy_j AS DECIMAL(20, 3))) AS DOUBLE) AS gpu_energy_j
  FROM utilisation_hourly
  GROUP BY day, cluster
),
racks AS (
  SELECT
    day,
    cluster,
    CAST(sum(CAST(energy_j AS DECIMAL(20, 3))) AS DOUBLE) AS it_energy_j
  FROM power_density_hourly
  GROUP BY day, cluster
  HAVING every(power_basis = 'metered')
),
measured AS (
  SELECT tokens.*, gpu_energy_j, it_energy_j, it_energy_j * place.pue AS facility_energy_j
  FROM tokens
  LEFT JOIN boards USING (day, cluster)
  LEFT JOIN racks USING (day, cluster)
  LEFT JOIN cluster AS place USING (cluster)
)
SELECT
  day,
  provider,
  region,
  cluster,
  total_tokens,
  output_tokens,
  gpu_energy_j,
  it_energy_j,
  facility_energy_j,
  total_tokens / nullif(gpu_energy_j, 0) AS tokens_per_joule_gpu,
  total_tokens / nullif(it_energy_j, 0) AS tokens_per_joule_it,
  total_tokens / nullif(facility_energy_j, 0) AS tokens_per_joule_facility,
  1e6 * (total_tokens / nullif(facility_energy_j, 0)) AS tokens_per_s_per_mw_facility
FROM measured
