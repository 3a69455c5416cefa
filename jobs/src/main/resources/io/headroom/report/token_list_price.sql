-- What a cluster costs in several currencies it costs in each of them, and its tokens stand on the row of one.
WITH told AS (
  SELECT *, max(tokens) OVER bucket AS tokens_of_bucket, max(list_cost) OVER bucket AS list_cost_of_bucket
  FROM token_list_price_daily
  WHERE day > (SELECT date_sub(max(day), 30) FROM token_list_price_daily WHERE list_cost IS NOT NULL AND cost IS NOT NULL)
  WINDOW bucket AS (PARTITION BY day, provider, region, cluster, model, token_type, seller)
)
SELECT model, seller, pricing_currency, sum(list_cost_of_bucket) AS list_cost, billing_currency, sum(cost) AS cost,
  sum(tokens_of_bucket) AS tokens,
  CAST(sum(list_cost_of_bucket) AS DOUBLE) / nullif(sum(tokens_of_bucket), 0) * 1e6 AS list_price_per_million_tokens,
  CAST(sum(cost) AS DOUBLE) / nullif(sum(tokens_of_bucket), 0) * 1e6 AS cost_per_million_tokens
FROM told
WHERE list_cost_of_bucket IS NOT NULL AND cost IS NOT NULL
GROUP BY model, seller, pricing_currency, billing_currency
ORDER BY model, seller, pricing_currency, billing_currency
