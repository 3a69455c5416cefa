WITH known AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY milestone_id
      ORDER BY known_at DESC, actual_on DESC, planned_on DESC, state, mw, accelerators, source, path) AS back
  FROM capacity_milestone
)
SELECT provider, coalesce(site, milestone_id) AS site, milestone_id, overlap_group, state, planned_on, date_precision,
  actual_on, mw, mw_qualifier, mw_basis, accelerators, accelerators_qualifier, accelerator, confidence, contract_id,
  country, region, grid_region, cluster, note, known_at, source_url
FROM known
WHERE back = 1
ORDER BY provider, site, coalesce(actual_on, planned_on), milestone_id
