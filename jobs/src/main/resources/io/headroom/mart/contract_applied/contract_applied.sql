-- Versions and drafts of FOCUS spell the keys differently: 1.4 ContractCommitmentId, 1.3 ContractCommitmentID, others
-- commitmentId. What is no list of objects has been noted when it was read, and gives no row. Numbers are read as decimals,
-- not by way of binary fractions.
WITH applied AS (
  SELECT *, try_parse_json(contract_applied) AS told
  FROM cost
  WHERE contract_applied IS NOT NULL
),
part AS (
  SELECT
    applied.*,
    coalesce(
      try_variant_get(element, '$.ContractId', 'string'),
      try_variant_get(element, '$.ContractID', 'string'),
      try_variant_get(element, '$.contractId', 'string')) AS contract_id,
    coalesce(
      try_variant_get(element, '$.ContractCommitmentId', 'string'),
      try_variant_get(element, '$.ContractCommitmentID', 'string'),
      try_variant_get(element, '$.contractCommitmentId', 'string'),
      try_variant_get(element, '$.CommitmentId', 'string'),
      try_variant_get(element, '$.commitmentId', 'string')) AS commitment_id,
    coalesce(
      try_variant_get(element, '$.ContractCommitmentAppliedCost', 'decimal(38, 18)'),
      try_variant_get(element, '$.contractCommitmentAppliedCost', 'decimal(38, 18)'),
      try_variant_get(element, '$.AppliedCost', 'decimal(38, 18)'),
      try_variant_get(element, '$.appliedCost', 'decimal(38, 18)')) AS applied_cost,
    coalesce(
      try_variant_get(element, '$.ContractCommitmentAppliedQuantity', 'double'),
      try_variant_get(element, '$.contractCommitmentAppliedQuantity', 'double'),
      try_variant_get(element, '$.AppliedQuantity', 'double'),
      try_variant_get(element, '$.appliedQuantity', 'double')) AS applied_quantity,
    coalesce(
      try_variant_get(element, '$.ContractCommitmentAppliedUnit', 'string'),
      try_variant_get(element, '$.contractCommitmentAppliedUnit', 'string'),
      try_variant_get(element, '$.AppliedUnit', 'string'),
      try_variant_get(element, '$.appliedUnit', 'string')) AS applied_unit
  FROM applied
  LATERAL VIEW explode(coalesce(
    try_variant_get(told, '$.Elements', 'array<variant>'),
    try_variant_get(told, '$.elements', 'array<variant>'))) AS element
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
  contract_id,
  commitment_id,
  billing_currency,
  applied_cost,
  applied_quantity,
  applied_unit
FROM part
WHERE coalesce(contract_id, commitment_id, applied_unit) IS NOT NULL OR coalesce(applied_cost, applied_quantity) IS NOT NULL
