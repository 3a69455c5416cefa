-- A charge is spread over its days by seconds. The parts are rounded to 18 places, and what rounding leaves goes to the
-- largest part, the first of equals, so that the days of a charge add up to it to the last decimal.
WITH charge AS (
  SELECT
    *,
    sequence(to_date(charge_period_start), to_date(charge_period_end - INTERVAL '0.000001' SECOND)) AS days,
    unix_micros(charge_period_end) - unix_micros(charge_period_start) AS length
  FROM cost
),
weighed AS (
  SELECT
    *,
    transform(
      days,
      d -> unix_micros(least(charge_period_end, CAST(d + 1 AS TIMESTAMP)))
        - unix_micros(greatest(charge_period_start, CAST(d AS TIMESTAMP)))
    ) AS weights
  FROM charge
),
split AS (
  SELECT
    *,
    transform(
      weights,
      w -> IF(w = length, effective_cost, CAST(CAST(effective_cost AS DOUBLE) * (w / length) AS DECIMAL(38, 18)))
    ) AS parts
  FROM weighed
),
settled AS (
  SELECT
    *,
    effective_cost - aggregate(parts, CAST(0 AS DECIMAL(38, 18)), (sum, part) -> CAST(sum + part AS DECIMAL(38, 18))) AS residual,
    array_position(weights, array_max(weights)) - 1 AS largest
  FROM split
),
part AS (
  SELECT
    settled.*,
    posexplode(parts) AS (place, amount)
  FROM settled
)
SELECT
  days[place] AS day,
  provider,
  billing_account_id,
  sub_account_id,
  region,
  service_name,
  charge_category,
  cluster,
  billing_currency,
  sum(CAST(amount + IF(place = largest, residual, 0) AS DECIMAL(38, 18))) AS effective_cost,
  count(*) AS charge_count
FROM part
GROUP BY ALL
