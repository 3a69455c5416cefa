-- A cluster's cost is shared by its accelerators in proportion to installed GPU-hours in H100 equivalents, an unknown one as
-- one. The parts are rounded to 18 places, and what rounding leaves goes to the largest.
WITH hours AS (
  SELECT day, cluster, accelerator, CAST(sum(CAST(gpu_hours AS DECIMAL(18, 6))) AS DOUBLE) AS installed
  FROM rate_card_cost_daily
  GROUP BY day, cluster, accelerator
),
used AS (
  SELECT
    day,
    cluster,
    accelerator,
    CAST(sum(CAST(allocated_gpu_hours AS DECIMAL(18, 6))) AS DOUBLE) AS allocated,
    CAST(sum(CAST(sm_active_gpu_hours AS DECIMAL(18, 6))) AS DOUBLE) AS sm_active
  FROM utilisation_hourly
  GROUP BY day, cluster, accelerator
),
gpus AS (
  SELECT
    hours.*,
    allocated,
    sm_active,
    h100_equivalents,
    CAST(installed * coalesce(h100_equivalents, 1) AS DECIMAL(18, 6)) AS weight
  FROM hours
  LEFT JOIN used ON used.day = hours.day AND used.cluster = hours.cluster AND used.accelerator <=> hours.accelerator
  LEFT JOIN (SELECT accelerator, h100_equivalents FROM accelerator) AS known ON known.accelerator = hours.accelerator
),
weighed AS (
  SELECT
    *,
    CAST(weight AS DOUBLE) / nullif(CAST(sum(weight) OVER (PARTITION BY day, cluster) AS DOUBLE), 0) AS share,
    row_number() OVER (PARTITION BY day, cluster ORDER BY weight DESC, accelerator) = 1 AS is_largest
  FROM gpus
),
costed AS (
  SELECT day, provider, region, cluster, billing_currency, cost_basis, cost AS whole
  FROM cost_per_token_daily
  WHERE cluster IS NOT NULL AND cost_basis <> 'none'
),
split AS (
  SELECT
    costed.*,
    weighed.* EXCEPT (day, cluster),
    CASE WHEN coalesce(share, 1) = 1 THEN whole ELSE CAST(CAST(whole AS DOUBLE) * share AS DECIMAL(38, 18)) END AS part
  FROM costed
  LEFT JOIN weighed ON weighed.day = costed.day AND weighed.cluster = costed.cluster AND share > 0
),
settled AS (
  SELECT
    *,
    part + IF(is_largest, whole - sum(part) OVER (PARTITION BY day, cluster, billing_currency, cost_basis), 0) AS cost
  FROM split
)
SELECT
  day,
  provider,
  region,
  cluster,
  accelerator,
  billing_currency,
  cost_basis,
  cost,
  installed AS installed_gpu_hours,
  allocated AS allocated_gpu_hours,
  sm_active AS sm_active_gpu_hours,
  installed * h100_equivalents AS h100_equivalent_hours,
  CAST(cost AS DOUBLE) / nullif(installed, 0) AS cost_per_gpu_hour,
  CAST(cost AS DOUBLE) / nullif(allocated, 0) AS cost_per_allocated_gpu_hour,
  CAST(cost AS DOUBLE) / nullif(installed * h100_equivalents, 0) AS cost_per_h100_equivalent_hour
FROM settled
