-- Usage of an interval is spread over the hours that it spans by time, in whole tokens and milliseconds: up to each hour's end
-- as many as that part of the interval rounds down to, so that the parts add up to the whole.
--
-- A counter's tokens are what it rose by since its process was last read, spread likewise over the time between. Where it
-- fell the process has started anew, and all that it counts now is new. More than an hour between is a gap: it is counted,
-- and added up. A process that was silent from one day to beyond the next is not bridged, and the first reading of a
-- process tells nothing.
--
-- The time of a phase is told of an hour only where all usage, or all processes, with tokens in the hour tell it.
--
-- Usage wins: where it tells of a model on a cluster on a day, counters of that model, cluster and day are left out; those
-- of no told model too, and those of all models where usage names none.
WITH used AS (
  SELECT
    *,
    unix_micros(started_at) AS from_us,
    greatest(unix_micros(ended_at), unix_micros(started_at)) AS to_us,
    CAST(floor(prefill_s * 1000 + 0.5) AS DECIMAL(19, 0)) AS prefill_ms,
    CAST(floor(decode_s * 1000 + 0.5) AS DECIMAL(19, 0)) AS decode_ms
  FROM token_usage
),
used_by_hour AS (
  SELECT
    *,
    greatest(from_us, hour_number * 3600000000) AS part_from_us,
    least(to_us, (hour_number + 1) * 3600000000) AS part_to_us,
    CAST(greatest(to_us - from_us, 1) AS DECIMAL(18, 0)) AS length_us,
    CAST(greatest(from_us, hour_number * 3600000000) - from_us AS DECIMAL(18, 0)) AS before_us,
    CAST(CASE WHEN to_us = from_us THEN 1 ELSE least(to_us, (hour_number + 1) * 3600000000) - from_us END AS DECIMAL(18, 0))
      AS after_us
  FROM used
  LATERAL VIEW explode(sequence(from_us DIV 3600000000, greatest(from_us, to_us - 1) DIV 3600000000)) AS hour_number
),
used_part AS (
  SELECT
    hour_number,
    provider,
    region,
    cluster,
    model,
    accelerator,
    workload,
    team,
    part_from_us,
    part_to_us,
    request_count * after_us DIV length_us - request_count * before_us DIV length_us AS request_count,
    uncached_input_tokens * after_us DIV length_us - uncached_input_tokens * before_us DIV length_us AS uncached_input_tokens,
    cache_read_tokens * after_us DIV length_us - cache_read_tokens * before_us DIV length_us AS cache_read_tokens,
    cache_write_tokens * after_us DIV length_us - cache_write_tokens * before_us DIV length_us AS cache_write_tokens,
    output_tokens * after_us DIV length_us - output_tokens * before_us DIV length_us AS output_tokens,
    reasoning_tokens * after_us DIV length_us - reasoning_tokens * before_us DIV length_us AS reasoning_tokens,
    prefill_ms * after_us DIV length_us - prefill_ms * before_us DIV length_us AS prefill_ms,
    decode_ms * after_us DIV length_us - decode_ms * before_us DIV length_us AS decode_ms
  FROM used_by_hour
),
usage AS (
  SELECT
    hour_number,
    provider,
    region,
    cluster,
    model,
    accelerator,
    workload,
    team,
    min(part_from_us) AS from_us,
    max(part_to_us) AS to_us,
    sum(request_count) AS request_count,
    sum(uncached_input_tokens) AS uncached_input_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens,
    sum(output_tokens) AS output_tokens,
    sum(reasoning_tokens) AS reasoning_tokens,
    CASE WHEN every(prefill_ms IS NOT NULL OR NOT has_tokens) THEN sum(prefill_ms) END AS prefill_ms,
    CASE WHEN every(decode_ms IS NOT NULL OR NOT has_tokens) THEN sum(decode_ms) END AS decode_ms
  FROM (
    SELECT
      *,
      coalesce(uncached_input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
        + coalesce(output_tokens, 0) + coalesce(reasoning_tokens, 0) > 0 AS has_tokens
    FROM used_part
  )
  GROUP BY ALL
),
reading AS (
  SELECT
    *,
    unix_micros(sampled_at) AS to_us,
    CAST(floor(value * CASE WHEN counter IN ('prefill_s', 'decode_s') THEN 1000 ELSE 1 END + 0.5) AS DECIMAL(19, 0)) AS amount
  FROM counter_sample
),
in_turn AS (
  SELECT
    *,
    lag(to_us) OVER process AS from_us,
    lag(day) OVER process AS from_day,
    lag(amount) OVER process AS amount_before
  FROM reading
  WINDOW process AS (PARTITION BY cluster, instance, model, workload, counter ORDER BY to_us)
),
risen AS (
  SELECT
    *,
    CASE WHEN amount < amount_before THEN amount ELSE amount - amount_before END AS rise,
    amount < amount_before AS is_reset,
    to_us - from_us > 3600000000 AS is_gap
  FROM in_turn
  WHERE from_day >= day - 1
),
risen_by_hour AS (
  SELECT
    *,
    greatest(from_us, hour_number * 3600000000) AS part_from_us,
    least(to_us, (hour_number + 1) * 3600000000) AS part_to_us,
    hour_number = (to_us - 1) DIV 3600000000 AS is_last_part,
    rise * (least(to_us, (hour_number + 1) * 3600000000) - from_us) DIV (to_us - from_us)
      - rise * (greatest(from_us, hour_number * 3600000000) - from_us) DIV (to_us - from_us) AS part
  FROM risen
  LATERAL VIEW explode(sequence(from_us DIV 3600000000, (to_us - 1) DIV 3600000000)) AS hour_number
),
process AS (
  SELECT
    hour_number,
    provider,
    region,
    cluster,
    instance,
    model,
    accelerator,
    workload,
    team,
    min(part_from_us) AS from_us,
    max(part_to_us) AS to_us,
    sum(CASE counter WHEN 'requests' THEN part END) AS requests,
    sum(CASE counter WHEN 'input_tokens' THEN part END) AS input,
    sum(CASE counter WHEN 'cached_input_tokens' THEN part END) AS cached,
    sum(CASE counter WHEN 'output_tokens' THEN part END) AS output,
    sum(CASE counter WHEN 'reasoning_tokens' THEN part END) AS reasoning,
    sum(CASE counter WHEN 'prefill_s' THEN part END) AS prefill_ms,
    sum(CASE counter WHEN 'decode_s' THEN part END) AS decode_ms,
    count(DISTINCT CASE WHEN is_reset AND is_last_part THEN sampled_at END) AS resets,
    count(DISTINCT CASE WHEN is_gap AND is_last_part THEN sampled_at END) AS gaps
  FROM risen_by_hour
  GROUP BY ALL
),
counted AS (
  SELECT
    hour_number,
    provider,
    region,
    cluster,
    model,
    accelerator,
    workload,
    team,
    min(from_us) AS from_us,
    max(to_us) AS to_us,
    sum(requests) AS request_count,
    sum(greatest(input - coalesce(cached, 0), 0 * input)) AS uncached_input_tokens,
    sum(cached) AS cache_read_tokens,
    sum(greatest(output - coalesce(reasoning, 0), 0 * output)) AS output_tokens,
    sum(reasoning) AS reasoning_tokens,
    CASE WHEN every(prefill_ms IS NOT NULL OR NOT has_tokens) THEN sum(prefill_ms) END AS prefill_ms,
    CASE WHEN every(decode_ms IS NOT NULL OR NOT has_tokens) THEN sum(decode_ms) END AS decode_ms,
    sum(resets) AS resets,
    sum(gaps) AS gaps,
    sum(CASE WHEN cached > input THEN 1 ELSE 0 END + CASE WHEN reasoning > output THEN 1 ELSE 0 END) AS negatives
  FROM (
    SELECT *, coalesce(input, 0) + coalesce(cached, 0) + coalesce(output, 0) + coalesce(reasoning, 0) > 0 AS has_tokens
    FROM process
  )
  GROUP BY ALL
),
usage_of_day AS (
  SELECT DISTINCT hour_number DIV 24 AS day_number, cluster, model
  FROM usage
),
counters_of_day AS (
  SELECT DISTINCT hour_number DIV 24 AS day_number, cluster, model
  FROM counted
),
both_tell AS (
  SELECT
    usage_of_day.day_number,
    usage_of_day.cluster,
    usage_of_day.model AS usage_model,
    counters_of_day.model AS counter_model
  FROM usage_of_day
  JOIN counters_of_day
    ON usage_of_day.day_number = counters_of_day.day_number
    AND usage_of_day.cluster <=> counters_of_day.cluster
    AND coalesce(usage_of_day.model = counters_of_day.model, true)
),
told AS (
  SELECT
    usage.* EXCEPT (prefill_ms, decode_ms),
    prefill_ms / 1e3 AS prefill_s,
    decode_ms / 1e3 AS decode_s,
    0L AS counter_resets,
    0L AS counter_gaps,
    0L AS negative_buckets,
    'usage' AS method,
    both_tell.day_number IS NOT NULL AS is_counter_left_out
  FROM usage
  LEFT JOIN (SELECT DISTINCT day_number, cluster, usage_model FROM both_tell) AS both_tell
    ON both_tell.day_number = hour_number DIV 24
    AND both_tell.cluster <=> usage.cluster
    AND both_tell.usage_model <=> usage.model
  UNION ALL
  SELECT
    hour_number,
    provider,
    region,
    cluster,
    model,
    accelerator,
    workload,
    team,
    from_us,
    to_us,
    request_count,
    uncached_input_tokens,
    cache_read_tokens,
    NULL,
    output_tokens,
    reasoning_tokens,
    prefill_ms / 1e3,
    decode_ms / 1e3,
    resets,
    gaps,
    negatives,
    'counter',
    false
  FROM counted
  LEFT ANTI JOIN both_tell
    ON both_tell.day_number = counted.hour_number DIV 24
    AND both_tell.cluster <=> counted.cluster
    AND both_tell.counter_model <=> counted.model
)
SELECT
  date_from_unix_date(CAST(hour_number DIV 24 AS INT)) AS day,
  timestamp_seconds(hour_number * 3600) AS hour,
  provider,
  region,
  cluster,
  model,
  accelerator,
  workload,
  team,
  method,
  timestamp_micros(from_us) AS started_at,
  timestamp_micros(to_us) AS ended_at,
  request_count,
  uncached_input_tokens,
  cache_read_tokens,
  cache_write_tokens,
  output_tokens,
  reasoning_tokens,
  CASE WHEN coalesce(uncached_input_tokens, output_tokens) IS NOT NULL
    THEN coalesce(uncached_input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
      + coalesce(output_tokens, 0) + coalesce(reasoning_tokens, 0) END AS total_tokens,
  prefill_s,
  decode_s,
  counter_resets,
  counter_gaps,
  negative_buckets,
  is_counter_left_out
FROM told
