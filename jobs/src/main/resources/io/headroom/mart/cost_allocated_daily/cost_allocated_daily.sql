-- A charge that names what it is for, or of which a rule says so, is told as it is. What a rule has clusters share is shared
-- anew each day: by direct_cost in proportion to what charges and rules name clusters for in the same currency, used or not,
-- where that is above zero; by gpu_hours to their allocated GPU-hours in H100 equivalents, an unknown accelerator as one; even
-- over the clusters that have energised GPUs by mart.installed_capacity_daily or a direct cost above zero; by fixed shares
-- over the clusters that the rule names. Those of the charge's provider take part, or of its provider and region, or all.
--
-- Parts are shared in double and rounded to 18 places; what rounding leaves goes to the cluster of the largest share, the
-- first by name of equals. Where no cluster takes part the cost is unallocated and keeps its rule.
--
-- At the end all parts of a day and currency must add up to mart.cost_daily, else the run fails.
WITH part AS (
  SELECT
    day,
    provider,
    billing_account_id,
    region,
    cluster,
    model,
    workload,
    team,
    allocation,
    CASE
      WHEN allocation = 'spread' THEN 'shared'
      WHEN allocation = 'none' THEN 'unallocated'
      WHEN 'Unused' IN (commitment_discount_status, capacity_reservation_status) THEN 'idle'
      ELSE 'direct'
    END AS cost_kind,
    allocation_rule,
    billing_currency,
    sum(effective_cost) AS effective_cost
  FROM cost_daily
  GROUP BY ALL
),
spread AS (
  SELECT spread.*
  FROM (SELECT explode(spreads) AS spread FROM setting)
),
direct AS (
  SELECT day, provider, region, cluster, billing_currency, sum(effective_cost) AS cost
  FROM part
  WHERE cluster IS NOT NULL AND cost_kind IN ('direct', 'idle')
  GROUP BY day, provider, region, cluster, billing_currency
),
weight AS (
  SELECT day, 'direct_cost' AS shared_by, provider, region, cluster, billing_currency, cost AS weight
  FROM direct
  UNION ALL
  SELECT
    day,
    'gpu_hours',
    provider,
    region,
    cluster,
    NULL,
    sum(CAST(allocated_gpu_hours * coalesce(h100_equivalents, 1) AS DECIMAL(38, 18)))
  FROM utilisation_hourly
  WHERE cluster IS NOT NULL AND allocated_gpu_hours > 0
  GROUP BY day, provider, region, cluster
  UNION ALL
  SELECT day, 'even', provider, region, cluster, NULL, 1
  FROM (
    SELECT day, provider, region, cluster FROM installed_capacity_daily WHERE energised_gpus > 0
    UNION
    SELECT day, provider, region, cluster FROM direct WHERE cost > 0
  )
),
scope AS (
  SELECT
    day,
    shared_by,
    shared_among,
    CASE WHEN shared_among <> 'fleet' THEN provider END AS scope_provider,
    CASE WHEN shared_among = 'region' THEN region END AS scope_region,
    billing_currency AS scope_currency,
    cluster,
    CASE WHEN shared_by = 'even' THEN 1 ELSE sum(weight) END AS weight
  FROM weight
  LATERAL VIEW explode(array('region', 'provider', 'fleet')) everyone AS shared_among
  WHERE shared_among <> 'region' OR region IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7
  HAVING sum(weight) > 0
),
target AS (
  SELECT
    *,
    CAST(weight AS DOUBLE) / CAST(sum(weight) OVER everyone AS DOUBLE) AS share,
    row_number() OVER (
      PARTITION BY day, shared_by, shared_among, scope_provider, scope_region, scope_currency
      ORDER BY weight DESC, cluster
    ) AS place
  FROM scope
  WINDOW everyone AS (PARTITION BY day, shared_by, shared_among, scope_provider, scope_region, scope_currency)
),
fixed AS (
  SELECT
    rule,
    cluster,
    share / sum(share) OVER everyone AS share,
    row_number() OVER (PARTITION BY rule ORDER BY share DESC, cluster) AS place
  FROM (
    SELECT rule, cluster, CAST(told AS DECIMAL(38, 18)) AS share
    FROM spread
    LATERAL VIEW explode(shares) everyone AS cluster, told
    WHERE told > 0
  )
  WINDOW everyone AS (PARTITION BY rule)
),
pool AS (
  SELECT
    part.*,
    shared_by,
    shared_among,
    CASE WHEN shared_among <> 'fleet' THEN provider END AS scope_provider,
    CASE WHEN shared_among = 'region' THEN region END AS scope_region,
    CASE WHEN shared_by = 'direct_cost' THEN billing_currency END AS scope_currency
  FROM part
  LEFT JOIN spread ON rule = allocation_rule
  WHERE allocation = 'spread'
),
drawn AS (
  SELECT
    pool.* EXCEPT (cluster),
    coalesce(target.cluster, fixed.cluster) AS cluster,
    CAST(coalesce(target.share, fixed.share) AS DOUBLE) AS share,
    coalesce(target.place, fixed.place) AS place
  FROM pool
  LEFT JOIN target
    ON target.day = pool.day
    AND target.shared_by = pool.shared_by
    AND target.shared_among = pool.shared_among
    AND target.scope_provider <=> pool.scope_provider
    AND target.scope_region <=> pool.scope_region
    AND target.scope_currency <=> pool.scope_currency
  LEFT JOIN fixed ON pool.shared_by = 'fixed' AND fixed.rule = pool.allocation_rule
),
split AS (
  SELECT
    *,
    CASE
      WHEN share < 1 THEN CAST(CAST(effective_cost AS DOUBLE) * share AS DECIMAL(38, 18))
      ELSE effective_cost
    END AS amount
  FROM drawn
),
settled AS (
  SELECT
    *,
    effective_cost - sum(amount) OVER (
      PARTITION BY day, provider, billing_account_id, region, model, workload, team, allocation_rule, billing_currency
    ) AS residual
  FROM split
),
allocated AS (
  SELECT
    day,
    provider,
    billing_account_id,
    region,
    cluster,
    model,
    workload,
    team,
    cost_kind,
    allocation_rule,
    billing_currency,
    effective_cost
  FROM part
  WHERE allocation <> 'spread'
  UNION ALL
  SELECT
    day,
    provider,
    billing_account_id,
    region,
    cluster,
    model,
    workload,
    team,
    CASE WHEN cluster IS NULL THEN 'unallocated' ELSE 'shared' END,
    allocation_rule,
    billing_currency,
    CAST(amount + CASE WHEN place = 1 THEN residual ELSE 0 END AS DECIMAL(38, 18))
  FROM settled
),
added AS (
  SELECT *, sum(effective_cost) OVER (PARTITION BY day, billing_currency) AS allocated_cost
  FROM allocated
),
bill AS (
  SELECT day, billing_currency, sum(effective_cost) AS billed_cost
  FROM cost_daily
  GROUP BY day, billing_currency
)
SELECT
  day,
  provider,
  billing_account_id,
  region,
  cluster,
  model,
  workload,
  team,
  cost_kind,
  allocation_rule,
  billing_currency,
  CASE
    WHEN allocated_cost <=> billed_cost THEN effective_cost
    ELSE CAST(raise_error(concat(
      'mart.cost_allocated_daily: the parts of ', CAST(day AS STRING), ' in ', billing_currency, ' add up to ',
      coalesce(CAST(allocated_cost AS STRING), 'nothing'), ', its charges in mart.cost_daily to ',
      coalesce(CAST(billed_cost AS STRING), 'nothing'),
      '. No day was written. Run `./headroom job mart.cost_daily` and again; if it stays, this is a defect.')) AS DECIMAL(38, 18))
  END AS effective_cost
FROM bill
FULL JOIN added USING (day, billing_currency)
