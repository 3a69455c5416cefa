SELECT date_format(day, 'yyyy-MM') AS month, provider, billing_currency, report_currency,
  coalesce(sum(report_cost) FILTER (WHERE cost_kind = 'direct'), 0) AS direct_cost,
  coalesce(sum(report_cost) FILTER (WHERE cost_kind = 'idle'), 0) AS idle_cost,
  coalesce(sum(report_cost) FILTER (WHERE cost_kind = 'shared'), 0) AS shared_cost,
  coalesce(sum(report_cost) FILTER (WHERE cost_kind = 'unallocated'), 0) AS unallocated_cost,
  sum(report_cost) AS report_cost,
  sum(effective_cost) AS effective_cost,
  count(DISTINCT day) FILTER (WHERE report_cost IS NULL) AS days_not_converted,
  CAST(sum(report_cost) AS DOUBLE)
    / nullif(CAST(sum(effective_cost) FILTER (WHERE report_cost IS NOT NULL) AS DOUBLE), 0) AS mean_rate,
  CAST(min(fx_rate) AS DOUBLE) AS lowest_rate,
  CAST(max(fx_rate) AS DOUBLE) AS highest_rate,
  array_join(array_sort(collect_set(fx_method)), ', ') AS fx_method,
  nullif(array_join(array_sort(collect_set(fx_publisher)), ', '), '') AS fx_publisher
FROM cost_report_daily
GROUP BY date_format(day, 'yyyy-MM'), provider, billing_currency, report_currency
ORDER BY month DESC, provider, billing_currency, report_currency
