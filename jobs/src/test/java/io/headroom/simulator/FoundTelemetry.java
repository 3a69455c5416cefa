package io.headroom.simulator;

/**
 * What of a fleet's telemetry is to be found: rows of truth and found, by some keys. Of clean files it is found to a
 * thousandth by the finest of these keys. Of dirty ones it is found by the coarse keys, as nearly as the shares of what is not
 * delivered or broken allow: of GPU samples 0.22 %, 0.32 % where SM activity is needed, of readings and token counts 0.02 %,
 * all with their spread over few rows; of goodput nothing but the rounding of small kinds to a millionth of an hour.
 */
enum FoundTelemetry implements Found {
    GPU_HOURS("day, cluster, workload, state", "cluster, state", 0.007, """
            SELECT day, cluster, workload, state, truth, found
            FROM (
              SELECT day, cluster, coalesce(workload, 'none') AS workload, state, truth
              FROM truth_gpu_hours_daily UNPIVOT (truth FOR state IN (energised_gpu_hours AS installed, healthy_gpu_hours AS healthy,
                allocated_gpu_hours AS allocated, sm_active_gpu_hours AS sm_active, tensor_active_gpu_hours AS tensor_active)))
            FULL JOIN (
              SELECT day, cluster, coalesce(workload, 'none') AS workload, state, sum(hours) AS found
              FROM utilisation_hourly UNPIVOT (hours FOR state IN (installed_gpu_hours AS installed, healthy_gpu_hours AS healthy,
                allocated_gpu_hours AS allocated, sm_active_gpu_hours AS sm_active, tensor_active_gpu_hours AS tensor_active))
              GROUP BY ALL)
            USING (day, cluster, workload, state)"""),
    UTILISATION("day, cluster, workload", "cluster, workload", 0.002, """
            SELECT day, cluster, workload, sm_active_gpu_hours AS truth, share * allocated_gpu_hours AS found
            FROM (SELECT * FROM truth_gpu_hours_daily WHERE workload IS NOT NULL)
            FULL JOIN (
              SELECT day, cluster, workload, sum(sm_active_gpu_hours) / sum(sm_reporting_gpu_hours) AS share
              FROM utilisation_hourly WHERE workload IS NOT NULL GROUP BY ALL)
            USING (day, cluster, workload)"""),
    RACK_ENERGY("day, cluster, rack", "cluster, rack", 0.003, """
            SELECT day, cluster, rack, it_energy_j AS truth, found
            FROM truth_rack_energy_daily
            FULL JOIN (SELECT day, cluster, rack, sum(energy_j) AS found FROM power_density_hourly
              WHERE level = 'rack' AND power_basis = 'metered' GROUP BY ALL)
            USING (day, cluster, rack)"""),
    GPU_ENERGY("day, cluster, rack", "cluster, rack", 0.005, """
            SELECT day, cluster, rack, gpu_energy_j AS truth, found
            FROM truth_rack_energy_daily
            FULL JOIN (SELECT day, cluster, rack, sum(gpu_energy_j) AS found FROM rack_instant GROUP BY ALL)
            USING (day, cluster, rack)"""),
    PUE("day, cluster", "cluster", 0.001, """
            SELECT day, cluster, facility_energy_j AS truth, pue * it_energy_j AS found
            FROM truth_site_energy_daily
            FULL JOIN (SELECT day, cluster, pue FROM pue_daily)
            USING (day, cluster)"""),
    SITE_ENERGY("day, cluster, level", "cluster, level", 0.003, """
            SELECT day, cluster, level, truth, found
            FROM (SELECT * FROM truth_site_energy_daily UNPIVOT (truth FOR level IN (it_energy_j AS it, facility_energy_j AS facility)))
            FULL JOIN (SELECT day, cluster, level, sum(energy_j) AS found FROM power_density_hourly
              WHERE level IN ('it', 'facility') AND power_basis = 'metered' GROUP BY ALL)
            USING (day, cluster, level)"""),
    TOKENS("day, cluster, model, workload, bucket", "cluster, model, bucket", 0.003, """
            SELECT day, cluster, model, workload, bucket, truth, found
            FROM (SELECT * FROM truth_tokens_daily UNPIVOT (truth FOR bucket IN (request_count, uncached_input_tokens,
              cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens)))
            FULL JOIN (
              SELECT day, cluster, model, workload, bucket, sum(tokens) AS found
              FROM token_hourly UNPIVOT (tokens FOR bucket IN (request_count, uncached_input_tokens, cache_read_tokens,
                cache_write_tokens, output_tokens, reasoning_tokens))
              GROUP BY ALL)
            USING (day, cluster, model, workload, bucket)"""),
    WATERFALL("day, cluster, stage", "cluster, stage", 0.007, """
            SELECT day, cluster, stage, truth, found
            FROM (
              SELECT day, cluster, stage, sum(truth) AS truth
              FROM truth_gpu_hours_daily UNPIVOT (truth FOR stage IN (energised_gpu_hours, healthy_gpu_hours,
                allocated_gpu_hours, sm_active_gpu_hours, tensor_active_gpu_hours))
              GROUP BY ALL)
            FULL JOIN (
              SELECT day, cluster, stage, CAST(found AS DOUBLE) AS found
              FROM (SELECT day, cluster, energised_gpu_hours, healthy_gpu_hours, allocated_gpu_hours,
                sm_active_gpu_hours, tensor_active_gpu_hours FROM gpu_hour_waterfall_daily)
              UNPIVOT (found FOR stage IN (energised_gpu_hours, healthy_gpu_hours, allocated_gpu_hours,
                sm_active_gpu_hours, tensor_active_gpu_hours)))
            USING (day, cluster, stage)"""),
    GOODPUT("day, cluster, kind", "day, cluster, kind", 0.0001, """
            SELECT day, cluster, kind, truth, found
            FROM (SELECT day, cluster, kind, sum(gpu_hours) AS truth FROM truth_goodput_daily
              WHERE has_ended AND gpu_hours > 0 GROUP BY ALL)
            FULL JOIN (
              SELECT day, cluster, kind, CAST(sum(hours) AS DOUBLE) AS found
              FROM (SELECT day, cluster, inline(map_entries(map_concat(
                map('productive', productive_gpu_hours), badput_gpu_hours))) AS (kind, hours) FROM goodput_daily)
              WHERE hours > 0 GROUP BY ALL)
            USING (day, cluster, kind)""");

    private final String fine;
    private final String coarse;
    private final double errorUnderDirt;
    private final String sql;

    FoundTelemetry(String fine, String coarse, double errorUnderDirt, String sql) {
        this.fine = fine;
        this.coarse = coarse;
        this.errorUnderDirt = errorUnderDirt;
        this.sql = sql;
    }

    @Override
    public String fine() {
        return fine;
    }

    @Override
    public String coarse() {
        return coarse;
    }

    @Override
    public Tolerance ofClean() {
        return new Tolerance(Math.min(0.001, errorUnderDirt), 0);
    }

    @Override
    public Tolerance ofDirty() {
        return new Tolerance(errorUnderDirt, 0);
    }

    @Override
    public String sql() {
        return sql;
    }
}
