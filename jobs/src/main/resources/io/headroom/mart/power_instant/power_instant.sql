-- Power on all levels: what meter_instant tells of a place, and beside it the sum of its parts. Parts of a rack are its hosts;
-- parts of a row and of a cluster's IT are racks and, for IT, hosts outside any rack.
--
-- A host stands in the rack that its meter or its GPUs tell on the day. A part draws what its own meter tells in the hour; a
-- rack without one is the sum of its hosts' meters, where they leave out no host that telemetry saw in it that day; else its
-- GPU boards tell, and the whole is then only gpu_sum.
--
-- Sums are told for hours in which no part is missing that meters or telemetry saw that day, and of these for moments at which
-- every part tells. What a row or IT draws is told by its own meter where there is one in the hour, else by the sum.
WITH host AS (
  SELECT DISTINCT day, cluster, rack, node
  FROM gpu_sample
  WHERE node IS NOT NULL
),
rack_of_host AS (
  SELECT day, cluster, node, max(rack) AS host_rack
  FROM (
    SELECT day, cluster, node, rack FROM host
    UNION ALL
    SELECT day, cluster, node, rack FROM meter_instant WHERE level = 'node'
  )
  WHERE rack IS NOT NULL AND node IS NOT NULL
  GROUP BY day, cluster, node
),
measured AS (
  SELECT
    meter_instant.* EXCEPT (rack),
    coalesce(rack, host_rack) AS rack,
    date_trunc('HOUR', instant) AS hour,
    struct(coalesce(rack, host_rack) AS rack, CASE WHEN coalesce(rack, host_rack) IS NULL THEN meter_instant.node END AS node)
      AS place
  FROM meter_instant
  LEFT JOIN rack_of_host
    ON level = 'node'
    AND rack IS NULL
    AND rack_of_host.day = meter_instant.day
    AND rack_of_host.cluster = meter_instant.cluster
    AND rack_of_host.node = meter_instant.node
),
metered_hosts AS (
  SELECT day, hour, cluster, rack, collect_set(node) AS metered
  FROM measured
  WHERE level = 'node' AND rack IS NOT NULL
  GROUP BY day, hour, cluster, rack
),
seen_hosts AS (
  SELECT day, cluster, coalesce(rack, host_rack) AS rack, collect_set(node) AS seen
  FROM host
  LEFT JOIN rack_of_host USING (day, cluster, node)
  WHERE coalesce(rack, host_rack) IS NOT NULL
  GROUP BY day, cluster, coalesce(rack, host_rack)
),
partly_metered AS (
  SELECT hour, cluster, rack
  FROM metered_hosts
  JOIN seen_hosts USING (day, cluster, rack)
  WHERE size(array_except(seen, metered)) > 0
),
leaf AS (
  SELECT *, choice = min(choice) OVER (PARTITION BY hour, cluster, place) AS is_told
  FROM (
    SELECT measured.*, CASE WHEN power_basis = 'gpu_sum' THEN 3 WHEN level = 'node' AND rack IS NOT NULL THEN 2 ELSE 1 END AS choice
    FROM measured
    LEFT ANTI JOIN partly_metered
      ON level = 'node'
      AND partly_metered.hour = measured.hour
      AND partly_metered.cluster = measured.cluster
      AND partly_metered.rack = measured.rack
    WHERE level IN ('node', 'rack')
  )
),
part AS (
  SELECT
    day,
    hour,
    sum_of.level,
    provider,
    region,
    cluster,
    sum_of.rack_row,
    sum_of.rack,
    place,
    struct(leaf.level, place, node) AS part,
    power_basis,
    energy_method,
    unix_micros(instant) AS from_us,
    unix_micros(instant) + CAST(round(interval_s * 1e6) AS BIGINT) AS to_us,
    CAST(power_w AS DECIMAL(20, 6)) AS power_w,
    CAST(energy_j / interval_s AS DECIMAL(20, 6)) AS energy_w
  FROM leaf
  LATERAL VIEW explode(array(
    CASE WHEN choice = 2 THEN struct('rack' AS level, leaf.rack_row AS rack_row, leaf.rack AS rack) END,
    CASE WHEN is_told AND cluster IS NOT NULL AND leaf.rack_row IS NOT NULL
      THEN struct('row' AS level, leaf.rack_row AS rack_row, CAST(NULL AS STRING) AS rack) END,
    CASE WHEN is_told AND cluster IS NOT NULL
      THEN struct('it' AS level, CAST(NULL AS STRING) AS rack_row, CAST(NULL AS STRING) AS rack) END)) AS sum_of
  WHERE sum_of IS NOT NULL
),
seen_places AS (
  SELECT day, level, cluster, rack_row, count(DISTINCT place) AS places
  FROM (
    SELECT day, level, cluster, rack_row, place FROM part WHERE level <> 'rack'
    UNION ALL
    SELECT
      rack_instant.day,
      'it',
      rack_instant.cluster,
      NULL,
      struct(coalesce(rack, host_rack) AS rack, CASE WHEN coalesce(rack, host_rack) IS NULL THEN rack_instant.node END AS node)
    FROM rack_instant
    LEFT JOIN rack_of_host
      ON rack IS NULL
      AND rack_of_host.day = rack_instant.day
      AND rack_of_host.cluster = rack_instant.cluster
      AND rack_of_host.node = rack_instant.node
  )
  GROUP BY day, level, cluster, rack_row
),
complete AS (
  SELECT
    part.day,
    hour,
    part.level,
    max(provider) AS provider,
    max(region) AS region,
    part.cluster,
    part.rack_row,
    rack,
    CAST(size(collect_set(part)) AS INT) AS parts,
    CASE WHEN bool_or(power_basis = 'gpu_sum') THEN 'gpu_sum' ELSE 'metered' END AS power_basis,
    CASE WHEN min(energy_method) <> max(energy_method) THEN 'both' ELSE min(energy_method) END AS energy_method
  FROM part
  LEFT JOIN seen_places
    ON seen_places.day = part.day
    AND seen_places.level = part.level
    AND seen_places.cluster = part.cluster
    AND seen_places.rack_row <=> part.rack_row
  GROUP BY part.day, hour, part.level, part.cluster, part.rack_row, rack
  HAVING part.level = 'rack' OR size(collect_set(place)) = max(places)
),
moment AS (
  SELECT
    hour,
    level,
    cluster,
    rack_row,
    rack,
    at_us,
    (lead(at_us) OVER so_far) - at_us AS length_us,
    sum(sum(step_w)) OVER so_far AS power_w,
    sum(sum(step_energy_w)) OVER so_far AS energy_w,
    sum(sum(step)) OVER so_far AS telling
  FROM part
  LATERAL VIEW stack(2, from_us, power_w, energy_w, 1, to_us, -power_w, -energy_w, -1) AS at_us, step_w, step_energy_w, step
  GROUP BY hour, level, cluster, rack_row, rack, at_us
  WINDOW so_far AS (PARTITION BY hour, level, cluster, rack_row, rack ORDER BY at_us)
),
sums AS (
  SELECT
    complete.day,
    complete.hour,
    complete.level,
    complete.provider,
    complete.region,
    complete.cluster,
    complete.rack_row,
    complete.rack,
    CAST(NULL AS STRING) AS node,
    power_basis,
    true AS is_sum_of_parts,
    parts,
    timestamp_micros(at_us) AS instant,
    length_us / 1e6 AS interval_s,
    CAST(power_w AS DOUBLE) AS power_w,
    CAST(energy_w AS DOUBLE) * (length_us / 1e6) AS energy_j,
    energy_method
  FROM moment
  JOIN complete
    ON complete.hour = moment.hour
    AND complete.level = moment.level
    AND complete.cluster <=> moment.cluster
    AND complete.rack_row <=> moment.rack_row
    AND complete.rack <=> moment.rack
  WHERE telling = parts AND length_us > 0
),
told AS (
  SELECT
    day,
    hour,
    level,
    provider,
    region,
    cluster,
    rack_row,
    rack,
    node,
    power_basis,
    false AS is_sum_of_parts,
    CAST(NULL AS INT) AS parts,
    instant,
    interval_s,
    power_w,
    energy_j,
    energy_method
  FROM measured
  UNION ALL
  SELECT * FROM sums
),
ranked AS (
  SELECT *, CASE WHEN is_sum_of_parts THEN 2 WHEN power_basis = 'metered' THEN 1 ELSE 3 END AS choice
  FROM told
)
SELECT
  * EXCEPT (hour, choice),
  choice = min(choice) OVER (PARTITION BY hour, level, cluster, rack_row, rack, node) AS is_told
FROM ranked
