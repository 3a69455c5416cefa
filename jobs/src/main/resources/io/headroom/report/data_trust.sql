SELECT source, target, count(*) AS files, count(problem) AS refused_files,
  sum(read_records) AS read_records, sum(used_records) AS used_records, sum(skipped_records) AS skipped_records,
  sum(unparsable_records) AS unparsable_records,
  sum(received_rows) AS received_rows, sum(accepted_rows) AS accepted_rows, sum(duplicate_rows) AS duplicate_rows,
  sum(rejected_rows) AS rejected_rows, sum(superseded_rows) AS superseded_rows,
  sum(read_records - used_records - skipped_records - unparsable_records)
    + sum(received_rows - accepted_rows - duplicate_rows - rejected_rows) AS unaccounted,
  max(known_at) AS last_known_at
FROM delivery
GROUP BY source, target
ORDER BY source, target
