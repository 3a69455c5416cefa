-- Energy of a whole day is told where at least 95 % of it is covered; what is covered stands for the rest. IT energy is that of
-- all racks and hosts outside any rack that were seen on the day, else that of the meter of all IT. Facility energy is that of
-- its own meter, else IT energy times the PUE to plan with.
--
-- The price is that of the most specific scope that holds on the day (cluster, region), of these the one known last, of these
-- the one that began last. Where these still differ in price or currency, it is not known. The price of energy and the demand
-- charge have their own currencies and are not added.
--
-- The demand charge is the price of a kW times the highest moment of facility power in the month, spread evenly over its days.
-- It is provisional until demand of the month's last day is known. A bill may know another peak: the mean of a quarter of an
-- hour, or the highest of a year.
--
-- Carbon is by location: the intensity of the cluster's grid region in the period that holds the day, else in the last one that
-- began before it. CUE is emissions over IT energy.
WITH it AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    CAST(sum(CASE WHEN power_basis = 'metered' THEN CAST(energy_j AS DECIMAL(22, 3)) END) AS DOUBLE) AS it_energy_j,
    CAST(sum(CASE WHEN power_basis = 'metered' THEN CAST(covered_s AS DECIMAL(18, 6)) END) AS DOUBLE) AS it_covered_s,
    CAST(count(DISTINCT struct(rack, node)) * 86400 AS DOUBLE) AS it_expected_s
  FROM power_density_hourly
  WHERE cluster IS NOT NULL AND (level = 'rack' OR level = 'node' AND rack IS NULL)
  GROUP BY day, cluster
),
site AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    max(CASE WHEN level = 'it' THEN day_energy_j END) AS it_meter_j,
    max(CASE WHEN level = 'facility' THEN day_energy_j END) AS facility_meter_j
  FROM (
    SELECT
      day,
      max(provider) AS provider,
      max(region) AS region,
      cluster,
      level,
      CASE WHEN sum(CAST(covered_s AS DECIMAL(18, 6))) >= 0.95 * 86400
        THEN CAST(sum(CAST(energy_j AS DECIMAL(22, 3))) AS DOUBLE)
          / CAST(sum(CAST(covered_s AS DECIMAL(18, 6))) AS DOUBLE) * 86400 END AS day_energy_j
    FROM power_density_hourly
    WHERE cluster IS NOT NULL AND level IN ('it', 'facility') AND power_basis = 'metered'
    GROUP BY day, cluster, level
  )
  GROUP BY day, cluster
),
energy AS (
  SELECT
    day,
    cluster,
    coalesce(it.provider, site.provider) AS provider,
    coalesce(it.region, site.region) AS region,
    it_energy_j,
    it_covered_s,
    it_expected_s,
    coalesce(
      CASE WHEN it_covered_s >= 0.95 * it_expected_s THEN it_energy_j / it_covered_s * it_expected_s END,
      it_meter_j) AS it_day_energy_j,
    facility_meter_j,
    planned_pue,
    grid_region
  FROM it
  FULL JOIN site USING (day, cluster)
  LEFT JOIN (SELECT day, cluster, planned_pue FROM pue_daily) USING (day, cluster)
  LEFT JOIN (SELECT cluster, grid_region FROM cluster) USING (cluster)
),
offered AS (
  SELECT
    energy.day,
    energy.cluster,
    unit,
    unit_price,
    currency,
    rank() OVER (
      PARTITION BY energy.day, energy.cluster, unit
      ORDER BY price.cluster IS NULL, price.region IS NULL, price.known_at DESC, price.valid_from DESC) AS choice
  FROM energy
  JOIN price
    ON price.unit IN ('kwh', 'kw_month')
    AND price.pricing_category <> 'benchmark'
    AND price.provider = energy.provider
    AND coalesce(price.cluster, energy.cluster) = energy.cluster
    AND (price.region IS NULL OR price.region = energy.region)
    AND price.valid_from < CAST(energy.day + 1 AS TIMESTAMP)
    AND coalesce(price.valid_to > CAST(energy.day AS TIMESTAMP), true)
),
rated AS (
  SELECT
    day,
    cluster,
    max(unit_price) FILTER (WHERE unit = 'kwh') AS energy_price,
    max(currency) FILTER (WHERE unit = 'kwh') AS energy_currency,
    max(unit_price) FILTER (WHERE unit = 'kw_month') AS demand_price,
    max(currency) FILTER (WHERE unit = 'kw_month') AS demand_currency
  FROM (
    SELECT day, cluster, unit, max(unit_price) AS unit_price, max(currency) AS currency
    FROM offered
    WHERE choice = 1
    GROUP BY day, cluster, unit
    HAVING count(DISTINCT unit_price, currency) = 1
  )
  GROUP BY day, cluster
),
peak AS (
  SELECT
    cluster,
    trunc(day, 'MONTH') AS month,
    max(max_demand) * 1e3 AS peak_demand_kw,
    max_by(power_basis, struct(max_demand, power_basis)) AS peak_demand_basis,
    max(day) < last_day(trunc(day, 'MONTH')) AS is_provisional
  FROM power_headroom_daily
  WHERE tier = 'facility' AND max_demand IS NOT NULL
  GROUP BY cluster, trunc(day, 'MONTH')
),
grid AS (
  SELECT grid_region, collect_list(struct(period_start, period_end, kg_co2e_per_kwh)) AS periods
  FROM carbon_intensity
  WHERE basis = 'location'
  GROUP BY grid_region
),
whole AS (
  SELECT
    energy.*,
    coalesce(facility_meter_j, it_day_energy_j * planned_pue) AS facility_day_energy_j,
    CASE WHEN facility_meter_j IS NOT NULL THEN 'metered' WHEN it_day_energy_j * planned_pue IS NOT NULL THEN 'modelled' END
      AS facility_basis,
    array_max(transform(
      filter(periods, period -> period.period_start <= energy.day),
      period -> struct(
        period.period_end >= energy.day AS is_holding,
        period.period_start AS period_start,
        -unix_date(period.period_end) AS brevity,
        period.period_end AS period_end,
        period.kg_co2e_per_kwh AS kg_co2e_per_kwh))) AS carbon
  FROM energy
  LEFT JOIN grid USING (grid_region)
)
SELECT
  whole.day,
  whole.provider,
  whole.region,
  whole.cluster,
  it_energy_j,
  it_covered_s,
  it_expected_s,
  it_day_energy_j,
  facility_day_energy_j,
  facility_basis,
  energy_price,
  energy_currency,
  CAST(facility_day_energy_j / 3.6e6 * CAST(energy_price AS DOUBLE) AS DECIMAL(38, 18)) AS energy_cost,
  peak_demand_kw,
  peak_demand_basis,
  demand_price,
  demand_currency,
  CAST(peak_demand_kw * CAST(demand_price AS DOUBLE) / day(last_day(whole.day)) AS DECIMAL(38, 18)) AS demand_charge,
  is_provisional AS is_demand_charge_provisional,
  carbon.kg_co2e_per_kwh,
  carbon.period_start AS carbon_period_start,
  carbon.period_end AS carbon_period_end,
  facility_day_energy_j / 3.6e6 * carbon.kg_co2e_per_kwh AS emissions_kg,
  facility_day_energy_j / nullif(it_day_energy_j, 0) * carbon.kg_co2e_per_kwh AS cue
FROM whole
LEFT JOIN rated ON rated.day = whole.day AND rated.cluster = whole.cluster
LEFT JOIN peak ON peak.cluster = whole.cluster AND peak.month = trunc(whole.day, 'MONTH')
