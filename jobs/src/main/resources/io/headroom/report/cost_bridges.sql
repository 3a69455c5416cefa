SELECT date_format(month, 'yyyy-MM') AS month, provider, cluster, billing_currency, cost_basis,
  CASE WHEN is_complete THEN 'complete' ELSE 'not over' END AS state,
  usage_cost, idle_bridge,
  CASE WHEN usage_cost IS NULL THEN effective_cost END AS use_untold_cost,
  -timing_bridge AS billed_less_effective,
  billed_cost, timing_bridge, unbilled_cost, effective_cost, total_tokens,
  billed_cost_per_million_tokens, effective_cost_per_million_tokens, usage_cost_per_million_tokens
FROM cost_per_token_monthly
ORDER BY month DESC, provider, cluster, billing_currency, cost_basis
