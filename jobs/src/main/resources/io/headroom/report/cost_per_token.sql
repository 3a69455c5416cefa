WITH served AS (
  SELECT max(day) FILTER (WHERE total_tokens > 0) AS last_day
  FROM cost_per_token_daily
)
SELECT day, provider, region, cluster, billing_currency, cost_basis, cost, serving_share, serving_cost,
  total_tokens, cost_per_million_tokens
FROM cost_per_token_daily
JOIN served ON day > date_sub(last_day, 400) AND day <= last_day
WHERE NOT is_unallocated
ORDER BY day DESC, provider, region, cluster, billing_currency, cost_basis
