-- The rate of a day is the one that holds at its start, 00:00 UTC: of one publisher and pair that which is known last, of these
-- that which began last; where these still differ there is none. A rate as published goes before one over the rate of the
-- other way round, and that before a cross of two rates in one base of one publisher; within each, what is known last, of these
-- what began last, then by name of publisher and base.
--
-- A day without a rate is never guessed: all such pairs and days are told, and nothing is written. A day that has not ended as
-- of the run may have no rate yet, where a charge reaches into it; its cost is then told in the bill's currency alone, until
-- a rate for it comes.
WITH asked AS (
  SELECT DISTINCT day, billing_currency, report_currency, CAST(day + 1 AS TIMESTAMP) <= as_of AS is_over
  FROM cost_allocated_daily
  CROSS JOIN setting
  WHERE billing_currency <> report_currency
),
holding AS (
  SELECT
    day,
    publisher,
    base_currency,
    quote_currency,
    rate,
    valid_from,
    known_at,
    rank() OVER (PARTITION BY day, publisher, base_currency, quote_currency ORDER BY known_at DESC, valid_from DESC) AS choice
  FROM fx_rate
  LEFT SEMI JOIN (SELECT billing_currency AS currency FROM asked UNION SELECT report_currency FROM asked)
    ON quote_currency = currency
  JOIN (SELECT DISTINCT day FROM asked) ON valid_from <= CAST(day AS TIMESTAMP) AND valid_to > CAST(day AS TIMESTAMP)
),
published AS (
  SELECT
    day,
    publisher,
    base_currency,
    quote_currency,
    max(rate) AS rate,
    max(valid_from) AS valid_from,
    max(known_at) AS known_at
  FROM holding
  WHERE choice = 1
  GROUP BY day, publisher, base_currency, quote_currency
  HAVING count(DISTINCT rate) = 1
),
found AS (
  SELECT asked.*, rate, publisher, 'direct' AS method, 1 AS place, valid_from, known_at, base_currency
  FROM asked
  JOIN published
    ON published.day = asked.day AND base_currency = billing_currency AND quote_currency = report_currency
  UNION ALL
  SELECT
    asked.*,
    CAST(1 / CAST(rate AS DOUBLE) AS DECIMAL(38, 18)),
    publisher,
    'inverse',
    2,
    valid_from,
    known_at,
    base_currency
  FROM asked
  JOIN published
    ON published.day = asked.day AND base_currency = report_currency AND quote_currency = billing_currency
  UNION ALL
  SELECT
    asked.*,
    CAST(CAST(report.rate AS DOUBLE) / CAST(bill.rate AS DOUBLE) AS DECIMAL(38, 18)),
    bill.publisher,
    'cross',
    3,
    greatest(bill.valid_from, report.valid_from),
    least(bill.known_at, report.known_at),
    bill.base_currency
  FROM asked
  JOIN published AS bill ON bill.day = asked.day AND bill.quote_currency = billing_currency
  JOIN published AS report
    ON report.day = bill.day
    AND report.publisher = bill.publisher
    AND report.base_currency = bill.base_currency
    AND report.quote_currency = report_currency
),
chosen AS (
  SELECT *
  FROM (
    SELECT
      *,
      row_number() OVER (
        PARTITION BY day, billing_currency
        ORDER BY place, known_at DESC, valid_from DESC, publisher, base_currency) AS choice
    FROM found
  )
  WHERE choice = 1
),
missing AS (
  SELECT
    count(*) AS pairs,
    array_join(
      slice(array_sort(collect_list(concat(billing_currency, ' to ', report_currency, ' on ', CAST(day AS STRING)))), 1, 31),
      ', ') AS told
  FROM asked
  LEFT ANTI JOIN chosen USING (day, billing_currency)
  WHERE is_over
)
SELECT
  cost.day,
  provider,
  billing_account_id,
  region,
  cluster,
  model,
  workload,
  team,
  cost_kind,
  allocation_rule,
  cost.billing_currency,
  effective_cost,
  setting.report_currency,
  CASE WHEN cost.billing_currency = setting.report_currency THEN CAST(1 AS DECIMAL(38, 18)) ELSE rate END AS fx_rate,
  publisher AS fx_publisher,
  CASE WHEN cost.billing_currency = setting.report_currency THEN 'same' ELSE coalesce(method, 'not_yet') END AS fx_method,
  valid_from AS fx_valid_from,
  CASE WHEN cost.billing_currency = setting.report_currency THEN effective_cost
    ELSE CAST(CAST(effective_cost AS DOUBLE) * CAST(rate AS DOUBLE) AS DECIMAL(38, 18)) END AS report_cost
FROM cost_allocated_daily AS cost
CROSS JOIN setting
LEFT JOIN chosen ON chosen.day = cost.day AND chosen.billing_currency = cost.billing_currency
WHERE (
  SELECT CASE WHEN pairs = 0 THEN true ELSE CAST(raise_error(concat(
    'No rate of exchange is known, or only some that contradict each other, at the start of ', CAST(pairs AS STRING),
    ' days of bills: ', told, CASE WHEN pairs > 31 THEN ' and others' ELSE '' END,
    '. None is guessed, so that no cost is told in the currency of reports. Deliver these rates to staging.fx_rate and run again.'))
    AS BOOLEAN) END
  FROM missing
)
