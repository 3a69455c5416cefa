SELECT day, provider, region, cluster, billing_currency, cost_basis, cost, total_tokens, cost_per_million_tokens
FROM cost_per_token_daily
WHERE NOT is_unallocated AND day > date_sub((SELECT max(day) FROM cost_per_token_daily), 400)
ORDER BY day DESC, provider, region, cluster, billing_currency, cost_basis
