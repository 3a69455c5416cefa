-- Capacity is what staging.cluster grants, taken as usable: derated before it is told. Demand is measured: the 99th percentile
-- by time and the highest moment of the day. Where a day has metered hours, only these count. Of racks and rows the one that
-- comes nearest to its nameplate stands for all. What GPU boards draw is not IT power: a cluster without meters has no demand at
-- IT, cooling and facility. Facility demand that no meter tells is IT demand times the PUE to plan with. Space and network
-- demand is that of the racks installed.
--
-- Headroom is capacity less the highest demand; unused is the headroom where there is any. Stranded is the part of it that
-- another resource forbids to use: whole racks, at rack nameplate power, that fit by this tier, less those that fit by the tier
-- that fits the fewest. A tier whose capacity is not given binds nothing, and where no two are given nothing is known to be
-- stranded.
WITH place AS (
  SELECT
    day,
    level,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    coalesce(rack, rack_row) AS place,
    power_basis,
    percentile(power_w, 0.99, CAST(round(interval_s * 1e6) AS BIGINT)) AS p99_w,
    max(power_w) AS max_w,
    CAST(sum(CAST(interval_s AS DECIMAL(18, 6))) AS DOUBLE) AS covered_s
  FROM (
    SELECT * EXCEPT (rack_row), CASE WHEN level IN ('rack', 'row') THEN rack_row END AS rack_row
    FROM power_instant
    WHERE is_told AND cluster IS NOT NULL AND level IN ('rack', 'row', 'it', 'facility')
  )
  GROUP BY day, level, cluster, rack, rack_row, power_basis
),
racks_of_row AS (
  SELECT day, cluster, rack_row, count(DISTINCT rack) AS racks
  FROM power_instant
  WHERE level = 'rack' AND rack_row IS NOT NULL
  GROUP BY day, cluster, rack_row
),
judged AS (
  SELECT
    place.*,
    CASE level WHEN 'rack' THEN rack_nameplate_w WHEN 'row' THEN rack_nameplate_w * racks_of_row.racks END AS nameplate_w,
    rank() OVER (PARTITION BY place.day, level, place.cluster, place ORDER BY power_basis = 'metered' DESC) AS basis_choice
  FROM place
  LEFT JOIN cluster AS site ON site.cluster = place.cluster
  LEFT JOIN racks_of_row
    ON level = 'row' AND racks_of_row.day = place.day AND racks_of_row.cluster = place.cluster AND racks_of_row.rack_row = place
),
demand AS (
  SELECT
    day,
    cluster,
    max(provider) AS provider,
    max(region) AS region,
    max_by(demand, choice) FILTER (WHERE level = 'rack') AS rack,
    max_by(demand, choice) FILTER (WHERE level = 'row') AS row,
    max_by(demand, choice) FILTER (WHERE level = 'it' AND power_basis = 'metered') AS it,
    max_by(demand, choice) FILTER (WHERE level = 'facility') AS facility
  FROM (
    SELECT
      *,
      struct(place, power_basis AS basis, p99_w, max_w, covered_s, nameplate_w) AS demand,
      struct(coalesce(max_w / nullif(nameplate_w, 0), 0), max_w, place) AS choice
    FROM judged
    WHERE basis_choice = 1
  )
  GROUP BY day, cluster
),
known AS (
  SELECT
    demand.day,
    demand.cluster,
    demand.provider,
    demand.region,
    rack,
    row,
    it,
    coalesce(
      facility,
      CASE WHEN it IS NOT NULL AND planned_pue IS NOT NULL THEN named_struct(
        'place', CAST(NULL AS STRING),
        'basis', 'modelled',
        'p99_w', it.p99_w * planned_pue,
        'max_w', it.max_w * planned_pue,
        'covered_s', it.covered_s,
        'nameplate_w', CAST(NULL AS DOUBLE)) END) AS facility,
    planned_pue,
    granted.site,
    granted.racks,
    granted.rack_nameplate_w,
    power_envelope_w,
    cooling_envelope_w,
    facility_envelope_w,
    rack_positions,
    network_envelope_gbps,
    network_gbps_per_rack
  FROM demand
  LEFT JOIN pue_daily ON pue_daily.day = demand.day AND pue_daily.cluster = demand.cluster
  LEFT JOIN cluster AS granted ON granted.cluster = demand.cluster
),
tier AS (
  SELECT
    *,
    CASE tier WHEN 'rack' THEN rack WHEN 'row' THEN row WHEN 'facility' THEN facility WHEN 'it' THEN it WHEN 'cooling' THEN it END
      AS power,
    CASE unit WHEN 'MW' THEN 1e6D ELSE 1D END AS scale,
    CASE tier
      WHEN 'rack' THEN rack.nameplate_w
      WHEN 'row' THEN row.nameplate_w
      WHEN 'it' THEN power_envelope_w
      WHEN 'facility' THEN facility_envelope_w
      WHEN 'cooling' THEN cooling_envelope_w
      WHEN 'space' THEN CAST(rack_positions AS DOUBLE)
      WHEN 'network' THEN network_envelope_gbps
    END AS granted,
    CASE tier
      WHEN 'it' THEN rack_nameplate_w
      WHEN 'facility' THEN rack_nameplate_w * planned_pue
      WHEN 'cooling' THEN rack_nameplate_w
      WHEN 'space' THEN 1D
      WHEN 'network' THEN network_gbps_per_rack
    END AS rack_needs
  FROM known
  CROSS JOIN VALUES
    (1, 'rack', NULL, 'MW'),
    (2, 'row', NULL, 'MW'),
    (3, 'it', 'power', 'MW'),
    (4, 'facility', 'power', 'MW'),
    (5, 'cooling', 'cooling', 'MW'),
    (6, 'space', 'space', 'racks'),
    (7, 'network', 'network', 'Gbit/s') AS tiers (rank, tier, resource, unit)
),
measured AS (
  SELECT
    *,
    power.place,
    power.basis AS power_basis,
    power.covered_s,
    granted / scale AS capacity,
    rack_needs / scale AS per_rack,
    CASE WHEN unit = 'MW' THEN power.p99_w / scale ELSE racks * rack_needs END AS p99_demand,
    CASE WHEN unit = 'MW' THEN power.max_w / scale ELSE racks * rack_needs END AS max_demand
  FROM tier
),
fitting AS (
  SELECT *, CAST(floor(unused / nullif(per_rack, 0) + 1e-9) AS BIGINT) AS fitting_racks
  FROM (
    SELECT *, CASE WHEN resource IS NOT NULL AND capacity - max_demand IS NOT NULL THEN greatest(capacity - max_demand, 0) END AS unused
    FROM measured
    WHERE capacity IS NOT NULL OR max_demand IS NOT NULL
  )
),
bound AS (
  SELECT
    *,
    min(fitting_racks) OVER (PARTITION BY day, cluster) AS usable_racks,
    count(fitting_racks) OVER (PARTITION BY day, cluster) AS known_tiers,
    min(CASE WHEN fitting_racks IS NOT NULL THEN struct(fitting_racks, rank, resource, tier) END) OVER (
      PARTITION BY day, cluster) AS binding
  FROM fitting
)
SELECT
  day,
  provider,
  region,
  site,
  cluster,
  tier,
  unit,
  place,
  power_basis,
  capacity,
  p99_demand,
  max_demand,
  covered_s,
  capacity - p99_demand AS p99_headroom,
  capacity - max_demand AS headroom,
  fitting_racks,
  unused,
  CASE WHEN known_tiers > 1 THEN (fitting_racks - usable_racks) * per_rack END AS stranded,
  usable_racks,
  binding.resource AS binding_constraint,
  binding.tier AS binding_tier
FROM bound
