-- Tokens are those of a whole day, so energy must be too: a ratio is told only where at least 95 % of the time is covered,
-- of the GPUs seen on the day (the 90th percentile of its hours), and of the racks and the hosts outside any rack seen on it.
-- What is covered stands for the rest. Of that energy the serving share is for the tokens.
WITH tokens AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    sum(uncached_input_tokens + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
      + output_tokens + coalesce(reasoning_tokens, 0)) AS total_tokens,
    sum(output_tokens + coalesce(reasoning_tokens, 0)) AS output_tokens
  FROM token_hourly
  WHERE cluster IS NOT NULL
  GROUP BY day, cluster
),
hours AS (
  SELECT
    day,
    cluster,
    sum(CAST(installed_gpu_hours AS DECIMAL(18, 6))) AS gpus,
    sum(CAST(power_reporting_gpu_hours AS DECIMAL(18, 6))) AS covered,
    sum(CAST(gpu_energy_j AS DECIMAL(20, 3))) AS energy_j,
    sum(CASE WHEN workload IS NOT NULL THEN allocated END) AS told,
    sum(CASE WHEN workload <> 'training' THEN allocated END) AS serving
  FROM (
    SELECT *, CAST(allocated_gpu_hours * coalesce(h100_equivalents, 1) AS DECIMAL(18, 6)) AS allocated
    FROM utilisation_hourly
  )
  GROUP BY day, hour, cluster
),
boards AS (
  SELECT
    day,
    cluster,
    CAST(sum(energy_j) AS DOUBLE) AS gpu_energy_j,
    CAST(sum(covered) AS DOUBLE) * 3600 AS gpu_covered_s,
    percentile(gpus, 0.9) * 86400 AS gpu_expected_s,
    CASE WHEN sum(told) > 0 THEN CAST(coalesce(sum(serving), 0) / sum(told) AS DOUBLE) END AS serving_share
  FROM hours
  GROUP BY day, cluster
),
racks AS (
  SELECT
    day,
    cluster,
    CAST(sum(CASE WHEN power_basis = 'metered' THEN CAST(energy_j AS DECIMAL(20, 3)) END) AS DOUBLE) AS it_energy_j,
    CAST(sum(CASE WHEN power_basis = 'metered' THEN CAST(covered_s AS DECIMAL(18, 6)) END) AS DOUBLE) AS it_covered_s,
    CAST(count(DISTINCT struct(rack, node)) * 86400 AS DOUBLE) AS it_expected_s
  FROM power_density_hourly
  GROUP BY day, cluster
),
measured AS (
  SELECT
    tokens.*,
    gpu_energy_j,
    gpu_covered_s,
    gpu_expected_s,
    it_energy_j,
    it_covered_s,
    it_expected_s,
    place.pue,
    coalesce(serving_share, 1) AS serving_share,
    CASE WHEN gpu_covered_s >= 0.95 * gpu_expected_s
      THEN gpu_energy_j / gpu_covered_s * gpu_expected_s * coalesce(serving_share, 1) END AS serving_gpu_energy_j,
    CASE WHEN it_covered_s >= 0.95 * it_expected_s
      THEN it_energy_j / it_covered_s * it_expected_s * coalesce(serving_share, 1) END AS serving_it_energy_j
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
  gpu_covered_s,
  gpu_expected_s,
  it_energy_j,
  it_covered_s,
  it_expected_s,
  it_energy_j * pue AS facility_energy_j,
  serving_share,
  total_tokens / nullif(serving_gpu_energy_j, 0) AS tokens_per_joule_gpu,
  total_tokens / nullif(serving_it_energy_j, 0) AS tokens_per_joule_it,
  total_tokens / nullif(serving_it_energy_j * pue, 0) AS tokens_per_joule_facility,
  1e6 * (total_tokens / nullif(serving_it_energy_j * pue, 0)) AS tokens_per_s_per_mw_facility
FROM measured
