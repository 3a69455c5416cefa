-- Tokens are those of a whole day, so energy must be too: a ratio is told only where at least 95 % of the time is covered,
-- of the GPUs seen on the day (the 90th percentile of its hours), and of the racks and the hosts outside any rack seen on it.
-- What is covered stands for the rest. Of that energy the serving share is for the tokens, and so is it of its cost and its
-- emissions, and of the power that is provisioned: GPUs times the facility power that a benchmark provisions for one.
WITH tokens AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    sum(total_tokens) AS total_tokens,
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
provisioned AS (
  SELECT
    day,
    cluster,
    CASE WHEN count(facility_kw_per_gpu) = count(*)
      THEN CAST(sum(CAST(gpus * facility_kw_per_gpu / 1e3 AS DECIMAL(20, 9))) AS DOUBLE) END AS provisioned_mw
  FROM (
    SELECT day, cluster, accelerator, percentile(gpus, 0.9) AS gpus
    FROM (
      SELECT day, hour, cluster, accelerator, sum(CAST(installed_gpu_hours AS DECIMAL(18, 6))) AS gpus
      FROM utilisation_hourly
      GROUP BY day, hour, cluster, accelerator
    )
    GROUP BY day, cluster, accelerator
  )
  LEFT JOIN (SELECT accelerator, facility_kw_per_gpu FROM accelerator) USING (accelerator)
  GROUP BY day, cluster
),
measured AS (
  SELECT
    tokens.*,
    gpu_energy_j,
    gpu_covered_s,
    gpu_expected_s,
    site_energy_daily.* EXCEPT (day, provider, region, cluster),
    provisioned_mw,
    coalesce(serving_share, 1) AS serving_share,
    CASE WHEN gpu_covered_s >= 0.95 * gpu_expected_s
      THEN gpu_energy_j / gpu_covered_s * gpu_expected_s * coalesce(serving_share, 1) END AS serving_gpu_energy_j,
    nullif(coalesce(serving_share, 1), 0) / nullif(total_tokens, 0) * 1e6 AS share_of_million_tokens
  FROM tokens
  LEFT JOIN boards USING (day, cluster)
  LEFT JOIN provisioned USING (day, cluster)
  LEFT JOIN site_energy_daily USING (day, cluster)
),
efficient AS (
  SELECT
    *,
    total_tokens / nullif(serving_gpu_energy_j, 0) AS tokens_per_joule_gpu,
    total_tokens / nullif(it_day_energy_j * serving_share, 0) AS tokens_per_joule_it,
    total_tokens / nullif(facility_day_energy_j * serving_share, 0) AS tokens_per_joule_facility,
    total_tokens / 86400 / nullif(provisioned_mw * serving_share, 0) AS tokens_per_s_per_mw_provisioned
  FROM measured
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
  facility_day_energy_j AS facility_energy_j,
  facility_basis,
  serving_share,
  tokens_per_joule_gpu,
  tokens_per_joule_it,
  tokens_per_joule_facility,
  1e6D * tokens_per_joule_facility AS tokens_per_s_per_mw_facility,
  provisioned_mw,
  tokens_per_s_per_mw_provisioned,
  1e6D * tokens_per_joule_facility - tokens_per_s_per_mw_provisioned AS gap_tokens_per_s_per_mw,
  energy_currency,
  CAST(energy_cost AS DOUBLE) * share_of_million_tokens AS energy_cost_per_million_tokens,
  demand_currency,
  CAST(demand_charge AS DOUBLE) * share_of_million_tokens AS demand_charge_per_million_tokens,
  is_demand_charge_provisional,
  cue,
  emissions_kg * share_of_million_tokens AS kg_co2e_per_million_tokens
FROM efficient
