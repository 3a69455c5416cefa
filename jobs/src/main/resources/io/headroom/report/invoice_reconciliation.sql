SELECT replace(state, '_', ' ') AS state, invoice_issuer, billing_account_id, invoice_id,
  CAST(billing_period_start AS DATE) AS billing_period_start, billing_currency,
  billed_cost, invoiced_cost, difference, line_count, effective_cost, spread_cost
FROM invoice_reconciliation
ORDER BY invoice_reconciliation.state = 'reconciled', billing_period_start DESC, invoice_issuer, billing_account_id, invoice_id,
  billing_currency
