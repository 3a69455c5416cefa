-- Days are those of which any cluster has telemetry, tokens or energy.
--
-- An asset counts as the row says that is known of it last; where several known at once differ, its cost is not known. What it
-- loses by an instant is its cost less its salvage value, in proportion to the time of its life that is over, to 18 places; a
-- day's depreciation is the difference between its end and its start, so that the days of a life add up to the whole, but
-- for days of which nothing at all is told. What
-- no cluster is named for is shared by the clusters of the provider, or of its region if told, in proportion to their energised
-- GPUs of the day in H100 equivalents, an unknown accelerator as one; what rounding leaves goes to the largest part.
--
-- A price is chosen as in mart.rate_card_cost_daily. It makes a cost of every cluster that runs on the day: has energised GPUs,
-- telemetry, tokens or energy. Energy and demand are those of mart.site_energy_daily, and cost what they cost there. The price
-- of a month of operations is spread over its days like depreciation.
WITH days AS (
  SELECT day FROM utilisation_hourly UNION SELECT day FROM token_hourly UNION SELECT day FROM site_energy_daily
),
installed AS (
  SELECT
    day,
    max(provider) AS provider,
    max(region) AS region,
    cluster,
    sum(CAST(energised_gpus * coalesce(h100_equivalents, 1) AS DECIMAL(18, 6))) AS gpus
  FROM installed_capacity_daily
  LEFT JOIN (SELECT accelerator, h100_equivalents FROM accelerator) USING (accelerator)
  WHERE energised_gpus > 0
  GROUP BY day, cluster
),
last_known AS (
  SELECT DISTINCT
    provider,
    region,
    cluster,
    asset_id,
    currency,
    CAST(cost - coalesce(salvage_value, 0) AS DECIMAL(38, 18)) AS worth,
    unix_micros(in_service_from) AS from_us,
    unix_micros(life_ends_at) AS to_us
  FROM (SELECT *, rank() OVER (PARTITION BY provider, asset_id ORDER BY known_at DESC) AS back FROM asset)
  WHERE back = 1
),
held AS (
  SELECT *, count(*) OVER (PARTITION BY provider, asset_id) > 1 AS is_contradictory
  FROM last_known
),
aged AS (
  SELECT
    held.*,
    day,
    CAST(worth AS DOUBLE) AS amount,
    to_us - from_us AS life_us,
    greatest(unix_micros(CAST(day AS TIMESTAMP)), from_us) - from_us AS before_us,
    least(unix_micros(CAST(day + 1 AS TIMESTAMP)), to_us) - from_us AS after_us
  FROM held
  JOIN days ON from_us < unix_micros(CAST(day + 1 AS TIMESTAMP)) AND to_us > unix_micros(CAST(day AS TIMESTAMP))
),
worn AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    is_contradictory,
    CASE WHEN NOT is_contradictory THEN currency END AS currency,
    sum(CASE WHEN NOT is_contradictory
      THEN IF(after_us = life_us, worth, CAST(amount * after_us / life_us AS DECIMAL(38, 18)))
        - CAST(amount * before_us / life_us AS DECIMAL(38, 18)) END) AS cost
  FROM aged
  GROUP BY day, provider, region, cluster, is_contradictory, CASE WHEN NOT is_contradictory THEN currency END
),
sharing AS (
  SELECT
    worn.* EXCEPT (region, cluster),
    worn.region AS pool_region,
    coalesce(worn.region, installed.region) AS region,
    installed.cluster,
    CAST(gpus AS DOUBLE) / CAST(sum(gpus) OVER pool AS DOUBLE) AS share,
    row_number() OVER larger = 1 AS is_largest
  FROM worn
  LEFT JOIN installed
    ON installed.day = worn.day
    AND installed.provider = worn.provider
    AND (worn.region IS NULL OR installed.region = worn.region)
  WHERE worn.cluster IS NULL
  WINDOW
    pool AS (PARTITION BY worn.day, worn.provider, worn.region, currency, is_contradictory),
    larger AS (
      PARTITION BY worn.day, worn.provider, worn.region, currency, is_contradictory
      ORDER BY gpus DESC, installed.cluster)
),
split AS (
  SELECT *, IF(cluster IS NULL, cost, CAST(CAST(cost AS DOUBLE) * share AS DECIMAL(38, 18))) AS part
  FROM sharing
),
shared AS (
  SELECT
    *,
    part + IF(
      is_largest,
      cost - sum(part) OVER (PARTITION BY day, provider, pool_region, currency, is_contradictory),
      0) AS share_of_cost
  FROM split
),
running AS (
  SELECT day, max(provider) AS provider, max(region) AS region, cluster
  FROM (
    SELECT day, provider, region, cluster FROM installed
    UNION ALL SELECT day, provider, region, cluster FROM utilisation_hourly
    UNION ALL SELECT day, provider, region, cluster FROM token_hourly
    UNION ALL SELECT day, provider, region, cluster FROM site_energy_daily
  )
  WHERE cluster IS NOT NULL
  GROUP BY day, cluster
),
measured AS (
  SELECT
    running.day,
    coalesce(running.provider, place.provider) AS provider,
    coalesce(running.region, place.region) AS region,
    cluster,
    facility_day_energy_j / 3.6e6 AS energy_kwh,
    peak_demand_kw,
    is_demand_charge_provisional
  FROM running
  LEFT JOIN (SELECT day, cluster, facility_day_energy_j, peak_demand_kw, is_demand_charge_provisional FROM site_energy_daily)
    USING (day, cluster)
  LEFT JOIN (SELECT cluster, provider, region FROM cluster) AS place USING (cluster)
),
offered AS (
  SELECT
    measured.*,
    unit,
    unit_price,
    currency,
    rank() OVER (
      PARTITION BY measured.day, measured.cluster, unit
      ORDER BY price.cluster IS NULL, price.region IS NULL, price.known_at DESC, price.valid_from DESC) AS choice
  FROM measured
  JOIN price
    ON price.unit IN ('kwh', 'kw_month', 'cluster_month')
    AND price.pricing_category <> 'benchmark'
    AND price.provider = measured.provider
    AND coalesce(price.cluster, measured.cluster) = measured.cluster
    AND (price.region IS NULL OR price.region = measured.region)
    AND price.valid_from < CAST(measured.day + 1 AS TIMESTAMP)
    AND coalesce(price.valid_to > CAST(measured.day AS TIMESTAMP), true)
),
rated AS (
  SELECT
    *,
    min(unit_price) OVER offer = max(unit_price) OVER offer AND min(currency) OVER offer = max(currency) OVER offer AS is_clear,
    row_number() OVER (PARTITION BY day, cluster, unit ORDER BY unit_price, currency) AS copy,
    CAST(unit_price AS DOUBLE) AS amount
  FROM offered
  WHERE choice = 1
  WINDOW offer AS (PARTITION BY day, cluster, unit)
),
run AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    CASE unit WHEN 'kwh' THEN 'energy' WHEN 'kw_month' THEN 'demand' ELSE 'operations' END AS cost_kind,
    is_clear,
    CASE WHEN is_clear THEN currency END AS currency,
    CASE WHEN NOT is_clear THEN NULL
      WHEN unit = 'kwh' THEN CAST(energy_kwh * amount AS DECIMAL(38, 18))
      WHEN unit = 'kw_month' THEN CAST(peak_demand_kw * amount / day(last_day(day)) AS DECIMAL(38, 18))
      ELSE IF(day = last_day(day), unit_price, CAST(amount * day(day) / day(last_day(day)) AS DECIMAL(38, 18)))
        - CAST(amount * (day(day) - 1) / day(last_day(day)) AS DECIMAL(38, 18)) END AS cost,
    unit = 'kw_month' AND coalesce(is_demand_charge_provisional, true) AS is_provisional
  FROM rated
  WHERE copy = 1
),
told AS (
  SELECT day, provider, region, cluster, 'depreciation' AS cost_kind, false AS is_shared, currency, cost, is_contradictory,
    false AS is_provisional
  FROM worn
  WHERE cluster IS NOT NULL
  UNION ALL
  SELECT day, provider, region, cluster, 'depreciation', true, currency, share_of_cost, is_contradictory, false
  FROM shared
  UNION ALL
  SELECT day, provider, region, cluster, cost_kind, false, currency, cost, NOT is_clear, is_provisional
  FROM run
)
SELECT
  day,
  provider,
  coalesce(told.region, place.region) AS region,
  cluster,
  cost_kind,
  is_shared,
  currency,
  sum(cost) AS cost,
  is_contradictory AS is_price_contradictory,
  is_provisional
FROM told
LEFT JOIN (SELECT cluster, region FROM cluster) AS place USING (cluster)
GROUP BY
  day,
  provider,
  coalesce(told.region, place.region),
  cluster,
  cost_kind,
  is_shared,
  currency,
  is_contradictory,
  is_provisional
