WITH recent AS (
  SELECT *, coalesce(rack, node, '(no name)') AS place
  FROM power_density_hourly
  WHERE day > date_sub((SELECT max(day) FROM power_density_hourly), 31)
    AND (level = 'rack' OR level = 'node' AND rack IS NULL)
),
ranked AS (
  SELECT provider, region, cluster, place,
    row_number() OVER (
      ORDER BY sum(energy_j) / nullif(sum(covered_s), 0) DESC NULLS LAST, provider, region, cluster, place) AS rank
  FROM recent
  GROUP BY provider, region, cluster, place
)
SELECT recent.day, recent.provider, recent.region, recent.cluster, recent.place AS rack,
  sum(energy_j) / nullif(sum(covered_s), 0) / 1000 AS mean_power_kw,
  max(p95_power_w) / 1000 AS p95_power_kw,
  max(max_power_w) / 1000 AS max_power_kw,
  max(nameplate_w) / 1000 AS nameplate_kw,
  sum(energy_j) / nullif(sum(covered_s), 0) / nullif(max(nameplate_w), 0) AS nameplate_share,
  max(tgp_w) / 1000 AS tgp_kw,
  sum(covered_s) / 3600 AS covered_h,
  array_join(sort_array(collect_set(power_basis)), ', ') AS power_basis
FROM recent
JOIN ranked
  ON recent.provider <=> ranked.provider AND recent.region <=> ranked.region AND recent.cluster <=> ranked.cluster
  AND recent.place = ranked.place
WHERE rank <= 300
GROUP BY recent.day, recent.provider, recent.region, recent.cluster, recent.place
ORDER BY recent.provider, recent.region, recent.cluster, recent.place, recent.day DESC
