WITH last AS (
  SELECT max(day) AS day
  FROM token_cost_daily
  WHERE tokens > 0 AND cost IS NOT NULL
),
-- What a cluster costs in several currencies it costs in each of them, and its tokens stand on the row of one.
recent AS (
  SELECT billing_currency, provider, model, cost, split_by, coalesce(replace(token_type, '_', ' '), 'not told apart') AS token_type,
    CASE WHEN cost IS NOT NULL THEN max(tokens) OVER (PARTITION BY token_cost_daily.day, supply, provider, region, cluster, model,
      token_type) END AS tokens,
    CASE
      WHEN supply = 'api' THEN 'bought by the token'
      WHEN cost_basis = 'effective' THEN 'GPUs on the bill'
      WHEN cost_basis = 'own' THEN 'own data centre'
      WHEN cost_basis = 'rate_card' THEN 'GPUs at the rate card'
      ELSE cost_basis
    END AS supplied_by
  FROM token_cost_daily
  JOIN last ON token_cost_daily.day > date_sub(last.day, 30) AND token_cost_daily.day <= last.day
),
bucket AS (
  SELECT billing_currency, provider, model, supplied_by, token_type, sum(cost) AS cost, sum(tokens) AS tokens,
    nullif(array_join(array_sort(collect_set(split_by)), ', '), '') AS split_by
  FROM recent
  WHERE cost IS NOT NULL
  GROUP BY billing_currency, provider, model, supplied_by, token_type
  UNION ALL
  SELECT billing_currency, provider, model, supplied_by, 'all tokens', sum(cost), sum(tokens), NULL
  FROM recent
  WHERE cost IS NOT NULL
  GROUP BY billing_currency, provider, model, supplied_by
)
SELECT billing_currency, provider, model, supplied_by, token_type, cost, tokens,
  CAST(cost AS DOUBLE) / nullif(tokens, 0) * 1e6 AS cost_per_million_tokens, split_by
FROM bucket
ORDER BY billing_currency, model, supplied_by, provider, token_type
