WITH months AS (
  SELECT date_format(day, 'yyyy-MM') AS month, provider, billing_currency,
    coalesce(sum(effective_cost) FILTER (WHERE cost_kind = 'direct'), 0) AS direct_cost,
    coalesce(sum(effective_cost) FILTER (WHERE cost_kind = 'idle'), 0) AS idle_cost,
    coalesce(sum(effective_cost) FILTER (WHERE cost_kind = 'shared'), 0) AS shared_cost,
    coalesce(sum(effective_cost) FILTER (WHERE cost_kind = 'unallocated'), 0) AS unallocated_cost,
    sum(effective_cost) AS effective_cost,
    nullif(CAST(sum(effective_cost) AS DOUBLE), 0) AS whole
  FROM cost_allocated_daily
  GROUP BY date_format(day, 'yyyy-MM'), provider, billing_currency
)
SELECT month, provider, billing_currency, direct_cost, idle_cost, shared_cost, unallocated_cost, effective_cost,
  CAST(direct_cost AS DOUBLE) / whole AS direct_share,
  CAST(idle_cost AS DOUBLE) / whole AS idle_share,
  CAST(shared_cost AS DOUBLE) / whole AS shared_share,
  CAST(unallocated_cost AS DOUBLE) / whole AS unallocated_share
FROM months
ORDER BY month DESC, provider, billing_currency
