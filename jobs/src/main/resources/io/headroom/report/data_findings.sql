WITH found AS (
  SELECT source, target, 'Quirk normalised' AS finding, name, records AS occurrences, 'records' AS unit
  FROM delivery LATERAL VIEW explode(quirks) AS name, records
  UNION ALL
  SELECT source, target, 'Skipped by rule', name, records, 'records'
  FROM delivery LATERAL VIEW explode(skipped) AS name, records
  UNION ALL
  SELECT source, target, 'File refused', problem, 1, 'files'
  FROM delivery
  WHERE problem IS NOT NULL
  UNION ALL
  SELECT source, target, 'Rejected', reason, 1, 'rows'
  FROM rejected LATERAL VIEW explode(reasons) AS reason
)
SELECT source, target, finding, name, sum(occurrences) AS occurrences, unit
FROM found
GROUP BY source, target, finding, name, unit
ORDER BY occurrences DESC, source, target, finding, name
LIMIT 500
