-- An invoice is the same where its issuer (who sells the service, where none is told), account, invoice, the day on which the
-- period begins, and currency are: one invoice may have lines of several sellers.
--
-- Of an amount that is stated again, what became known last holds; of equals all, as an invoice may state an amount twice.
-- Where the whole of an invoice is told, its details are not added.
WITH known AS (
  SELECT
    * EXCEPT (invoice_issuer),
    coalesce(invoice_issuer, provider) AS invoice_issuer,
    rank() OVER (
      PARTITION BY coalesce(invoice_issuer, provider), billing_account_id, invoice_id, to_date(billing_period_start), billing_currency, invoice_detail_id
      ORDER BY known_at DESC) AS age,
    bool_or(invoice_detail_id IS NULL) OVER (
      PARTITION BY coalesce(invoice_issuer, provider), billing_account_id, invoice_id, to_date(billing_period_start), billing_currency) AS is_whole_told
  FROM invoice
),
told AS (
  SELECT
    coalesce(invoice_issuer, provider) AS invoice_issuer,
    billing_account_id,
    invoice_id,
    billing_period_start,
    billing_currency,
    billed_cost,
    CAST(NULL AS DECIMAL(38, 18)) AS invoiced_cost,
    effective_cost,
    CAST(NULL AS DECIMAL(38, 18)) AS spread_cost,
    1 AS line_count
  FROM cost
  UNION ALL
  SELECT
    invoice_issuer,
    billing_account_id,
    invoice_id,
    billing_period_start,
    billing_currency,
    NULL,
    billed_cost,
    NULL,
    NULL,
    0
  FROM known
  WHERE age = 1 AND (invoice_detail_id IS NULL OR NOT is_whole_told)
  UNION ALL
  SELECT
    coalesce(invoice_issuer, provider),
    billing_account_id,
    invoice_id,
    billing_period_start,
    billing_currency,
    NULL,
    NULL,
    NULL,
    effective_cost,
    0
  FROM cost_daily
),
added AS (
  SELECT
    to_date(billing_period_start) AS day,
    invoice_issuer,
    billing_account_id,
    invoice_id,
    min(billing_period_start) AS billing_period_start,
    billing_currency,
    sum(billed_cost) AS billed_cost,
    sum(invoiced_cost) AS invoiced_cost,
    sum(line_count) AS line_count,
    sum(effective_cost) AS effective_cost,
    sum(spread_cost) AS spread_cost
  FROM told
  GROUP BY to_date(billing_period_start), invoice_issuer, billing_account_id, invoice_id, billing_currency
)
SELECT
  day,
  invoice_issuer,
  billing_account_id,
  invoice_id,
  billing_period_start,
  billing_currency,
  billed_cost,
  invoiced_cost,
  invoiced_cost - billed_cost AS difference,
  line_count,
  effective_cost,
  spread_cost,
  CASE
    WHEN NOT spread_cost <=> effective_cost THEN 'differs'
    WHEN line_count = 0 THEN 'no_lines'
    WHEN invoiced_cost IS NULL THEN 'no_invoice'
    WHEN invoiced_cost = billed_cost THEN 'reconciled'
    ELSE 'differs'
  END AS state
FROM added
