-- Milestones. Only those that name a cluster, and belong to no overlap group by what is known of them last, count. A
-- milestone is as far as the row known last says: announced, loi, paused or dropped ones are nowhere. Each stage that it has
-- passed counts by the row of that stage that is known last, from its day: energised and delivered from the actual day, and
-- not at all without one; contracted from the day that the contract promises (of the rows before delivery, one that says
-- contracted before any other), else from the day it was signed or became known. So a promise that is put off later does not
-- move, and the slip stays visible. Stages differ in GPUs where their rows do; what has reached a stage counts in those
-- before it.
--
-- Clusters. What staging.cluster says is installed holds the energised milestones that name the cluster; what is installed
-- beyond their sum counts in every stage on every day.
WITH known AS (
  SELECT
    *,
    CASE
      WHEN state = 'energised' THEN 3
      WHEN state = 'delivered' THEN 2
      WHEN state IN ('contracted', 'permitting', 'under_construction') THEN 1
      ELSE 0
    END AS stage,
    row_number() OVER (
      PARTITION BY milestone_id
      ORDER BY known_at DESC, actual_on DESC, planned_on DESC, state, mw, accelerators, source, path) AS back
  FROM capacity_milestone
),
last_known AS (
  SELECT milestone_id, stage AS reached, cluster, provider, region, accelerator
  FROM known
  WHERE back = 1 AND cluster IS NOT NULL AND overlap_group IS NULL
),
stage AS (
  SELECT
    milestone_id,
    stage,
    accelerators AS gpus,
    CASE WHEN stage = 1 THEN coalesce(planned_on, actual_on, CAST(known_at AS DATE)) ELSE actual_on END AS reached_on,
    row_number() OVER (PARTITION BY milestone_id, stage ORDER BY state = 'contracted' DESC, back) AS back_in_stage
  FROM known
  JOIN (SELECT milestone_id, reached FROM last_known) USING (milestone_id)
  WHERE stage BETWEEN 1 AND reached AND accelerators > 0 AND (stage = 1 OR actual_on IS NOT NULL)
),
milestone AS (
  SELECT
    last_known.*,
    promised.gpus AS contracted_gpus,
    promised.reached_on AS contracted_on,
    delivered.gpus AS delivered_gpus,
    delivered.reached_on AS delivered_on,
    coalesce(energised.gpus, 0) AS energised_gpus,
    energised.reached_on AS energised_on
  FROM last_known
  LEFT JOIN stage AS promised
    ON promised.milestone_id = last_known.milestone_id AND promised.stage = 1 AND promised.back_in_stage = 1
  LEFT JOIN stage AS delivered
    ON delivered.milestone_id = last_known.milestone_id AND delivered.stage = 2 AND delivered.back_in_stage = 1
  LEFT JOIN stage AS energised
    ON energised.milestone_id = last_known.milestone_id AND energised.stage = 3 AND energised.back_in_stage = 1
),
energised_of_clusters AS (
  SELECT cluster, sum(energised_gpus) AS gpus
  FROM milestone
  GROUP BY cluster
),
part AS (
  SELECT
    cluster,
    milestone.provider,
    milestone.region,
    coalesce(milestone.accelerator, cluster.accelerator) AS accelerator,
    contracted_gpus,
    contracted_on,
    delivered_gpus,
    delivered_on,
    energised_gpus,
    energised_on
  FROM milestone
  LEFT JOIN cluster USING (cluster)
  UNION ALL
  SELECT
    cluster,
    provider,
    region,
    accelerator,
    0,
    NULL,
    0,
    NULL,
    installed_gpus - coalesce(gpus, 0),
    DATE'1970-01-01'
  FROM cluster
  LEFT JOIN energised_of_clusters USING (cluster)
  WHERE installed_gpus > coalesce(gpus, 0)
),
reached AS (
  SELECT
    day,
    part.*,
    CASE WHEN contracted_on <= day THEN contracted_gpus ELSE 0 END AS contracted,
    CASE WHEN delivered_on <= day THEN delivered_gpus ELSE 0 END AS delivered,
    CASE WHEN energised_on <= day THEN energised_gpus ELSE 0 END AS energised
  FROM part
  CROSS JOIN (SELECT day FROM utilisation_hourly UNION SELECT day FROM token_hourly)
)
SELECT
  day,
  coalesce(max(cluster.provider), max(reached.provider)) AS provider,
  coalesce(max(cluster.region), max(reached.region)) AS region,
  cluster,
  reached.accelerator,
  sum(greatest(contracted, delivered, energised)) AS contracted_gpus,
  sum(greatest(delivered, energised)) AS delivered_gpus,
  sum(energised) AS energised_gpus
FROM reached
LEFT JOIN cluster USING (cluster)
GROUP BY day, cluster, reached.accelerator
HAVING sum(greatest(contracted, delivered, energised)) > 0
