WITH months AS (
  SELECT date_format(day, 'yyyy-MM') AS month, provider, billing_currency, cost_basis,
    coalesce(sum(cost) FILTER (WHERE NOT is_unallocated), 0) AS allocated_cost,
    coalesce(sum(cost) FILTER (WHERE is_unallocated), 0) AS unallocated_cost,
    CAST(sum(cost) AS DOUBLE) AS whole
  FROM cost_per_token_daily
  WHERE cost IS NOT NULL
  GROUP BY date_format(day, 'yyyy-MM'), provider, billing_currency, cost_basis
)
SELECT month, provider, billing_currency, cost_basis, allocated_cost, unallocated_cost,
  CAST(unallocated_cost AS DOUBLE) / nullif(whole, 0) AS unallocated_share
FROM months
ORDER BY month DESC, provider, billing_currency, cost_basis
