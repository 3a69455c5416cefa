-- Versions and drafts of FOCUS spell the keys differently: 1.4 ContractCommitmentId, 1.3 ContractCommitmentID, others
-- commitmentId. What is no list of objects has been noted when it was read, and gives no row.
WITH applied AS (
  SELECT
    *,
    coalesce(
      from_json(contract_applied, 'Elements array<map<string, string>>').Elements,
      from_json(contract_applied, 'elements array<map<string, string>>').elements
    ) AS elements
  FROM cost
  WHERE contract_applied IS NOT NULL
),
part AS (
  SELECT
    applied.*,
    transform_keys(element, (name, value) -> lower(name)) AS told
  FROM applied
  LATERAL VIEW explode(elements) AS element
  WHERE element IS NOT NULL
)
SELECT
  day,
  provider,
  billing_account_id,
  sub_account_id,
  billing_period_start,
  charge_period_start,
  charge_period_end,
  charge_category,
  service_name,
  resource_id,
  told['contractid'] AS contract_id,
  coalesce(told['contractcommitmentid'], told['commitmentid']) AS commitment_id,
  billing_currency,
  try_cast(coalesce(told['contractcommitmentappliedcost'], told['appliedcost']) AS DECIMAL(38, 18)) AS applied_cost,
  try_cast(coalesce(told['contractcommitmentappliedquantity'], told['appliedquantity']) AS DOUBLE) AS applied_quantity,
  coalesce(told['contractcommitmentappliedunit'], told['appliedunit']) AS applied_unit
FROM part
