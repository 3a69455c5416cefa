WITH served AS (
  SELECT max(day) FILTER (WHERE total_tokens > 0) AS last_day
  FROM cost_per_token_daily
)
SELECT day, provider, region, cluster, billing_currency, cost_basis, cost, direct_cost, idle_cost, shared_cost, serving_share,
  serving_cost, active_share, usage_cost, idle_bridge, total_tokens, cost_per_million_tokens, usage_cost_per_million_tokens,
  cost_per_million_tokens - usage_cost_per_million_tokens AS idle_per_million_tokens
FROM cost_per_token_daily
JOIN served ON day > date_sub(last_day, 400) AND day <= last_day
WHERE NOT is_unallocated
ORDER BY day DESC, provider, region, cluster, billing_currency, cost_basis
