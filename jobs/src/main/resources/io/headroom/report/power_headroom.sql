WITH latest AS (
  SELECT *, max(day) OVER (PARTITION BY provider, region, cluster) AS last_day
  FROM power_headroom_daily
)
SELECT provider, region, site, cluster, tier, unit, day, place, power_basis,
  max_demand / nullif(capacity, 0) AS peak_share,
  p99_demand / nullif(capacity, 0) AS p99_share,
  stranded / nullif(unused, 0) AS stranded_share,
  capacity, p99_demand, max_demand, headroom, unused, stranded, fitting_racks, usable_racks, binding_constraint, binding_tier
FROM latest
WHERE day = last_day
ORDER BY provider, region, cluster, tier, place
