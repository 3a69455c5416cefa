SELECT day, told_by, source, target, cluster, score,
  covered_s / nullif(expected_s, 0) AS coverage,
  freshness_h, samples, expected_devices, seen_devices, late_samples, future_samples, hosts_out_of_phase, counter_resets,
  array_join(null_fields, ', ') AS null_fields, files, refused_files, received_rows, duplicate_rows, rejected_rows,
  unparsable_records,
  nullif(array_join(transform(map_entries(quirks), quirk -> concat(quirk.key, ': ', quirk.value)), '; '), '') AS quirks
FROM telemetry_trust_daily
WHERE day > date_sub((SELECT max(day) FROM telemetry_trust_daily), 100)
ORDER BY day DESC, told_by, source, target, cluster
