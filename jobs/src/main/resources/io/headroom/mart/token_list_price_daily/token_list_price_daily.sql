-- A seller lists a model where any of its prices of tokens holds for the model on the day. The price of a bucket is that of the
-- most specific scope (model, cluster, region), of these the one known last, of these the one that began last. Where these
-- still differ in price or currency, there is none. A region is meant by its name, whoever serves in it; prices for one
-- accelerator are left out, as these tokens tell none.
--
-- What a seller has no price of a bucket for, it sells as the bucket that this is part of: reasoning as output, tokens read
-- from a cache or written to it as uncached input.
--
-- Millions of tokens times the price have 24 decimals, which are rounded to 18 once; a product of 10^14 or more has no room.
WITH served AS (
  SELECT
    *,
    CASE WHEN token_type = 'reasoning' THEN 'output' WHEN token_type IN ('cache_read', 'cache_write') THEN 'uncached_input' END
      AS stand_in
  FROM token_cost_daily
  WHERE supply = 'own_gpu' AND token_type IS NOT NULL
),
listed AS (
  SELECT served.model, price.* EXCEPT (model), price.model IS NULL AS is_of_any_model
  FROM (SELECT DISTINCT model FROM served) AS served
  JOIN price ON coalesce(price.model, served.model) <=> served.model
  WHERE unit = 'million_tokens' AND pricing_category IN ('list', 'standard') AND accelerator IS NULL
),
fitting AS (
  SELECT
    served.*,
    listed.provider AS seller,
    CASE listed.token_type WHEN served.token_type THEN 1 WHEN stand_in THEN 2 END AS fit,
    listed.token_type AS listed_token_type,
    unit_price,
    currency,
    is_of_any_model,
    listed.cluster IS NULL AS is_of_any_cluster,
    listed.region IS NULL AS is_of_any_region,
    known_at,
    valid_from
  FROM served
  LEFT JOIN listed
    ON listed.model <=> served.model
    AND coalesce(listed.cluster, served.cluster) = served.cluster
    AND coalesce(listed.region, served.region) <=> served.region
    AND valid_from < CAST(served.day + 1 AS TIMESTAMP)
    AND coalesce(valid_to > CAST(served.day AS TIMESTAMP), true)
),
offered AS (
  SELECT
    * EXCEPT (listed_token_type, unit_price, currency),
    CASE WHEN fit IS NOT NULL THEN listed_token_type END AS price_token_type,
    CASE WHEN fit IS NOT NULL THEN unit_price END AS unit_price,
    CASE WHEN fit IS NOT NULL THEN currency END AS currency,
    rank() OVER (
      PARTITION BY day, provider, region, cluster, model, token_type, billing_currency, cost_basis, seller
      ORDER BY
        fit NULLS LAST,
        is_of_any_model,
        is_of_any_cluster,
        is_of_any_region,
        known_at DESC,
        valid_from DESC
    ) AS choice
  FROM fitting
),
rated AS (
  SELECT
    day,
    provider,
    region,
    cluster,
    model,
    token_type,
    tokens,
    seller,
    max(price_token_type) AS price_token_type,
    CASE WHEN count(DISTINCT unit_price, currency) = 1 THEN max(currency) END AS pricing_currency,
    CASE WHEN count(DISTINCT unit_price, currency) = 1 THEN max(unit_price) END AS list_unit_price,
    cost_basis,
    billing_currency,
    cost
  FROM offered
  WHERE choice = 1
  GROUP BY day, provider, region, cluster, model, token_type, tokens, seller, cost_basis, billing_currency, cost
)
SELECT
  *,
  CAST(try_multiply(tokens * 0.000001BD, list_unit_price) AS DECIMAL(38, 18)) AS list_cost
FROM rated
