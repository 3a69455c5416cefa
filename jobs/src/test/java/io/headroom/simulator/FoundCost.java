package io.headroom.simulator;

/**
 * What of a fleet's costs is to be found: rows of truth and found, by some keys. Of clean files it is found to the cent, save
 * for what follows from energy or SM activity, which telemetry tells to a thousandth. Of dirty files what only bills, prices
 * and assets decide is still found to the cent; what telemetry shares out as nearly as that is told. Support is allocated as
 * conf/allocation.yml says. A day on which nothing is served costs no model anything.
 */
enum FoundCost implements Found {
    BILLS("month, provider, cluster, currency", Tolerance.CENT, Tolerance.CENT, """
            SELECT month, provider, cluster, currency, truth, found
            FROM (
              SELECT month, provider, coalesce(cluster, 'none') AS cluster, billing_currency AS currency,
                sum(effective_cost) AS truth
              FROM truth_cost_monthly WHERE billed_cost IS NOT NULL GROUP BY ALL)
            FULL JOIN (
              SELECT trunc(day, 'month') AS month, provider, coalesce(cluster, 'none') AS cluster,
                billing_currency AS currency, sum(effective_cost) AS found
              FROM cost_daily GROUP BY ALL)
            USING (month, provider, cluster, currency)"""),
    ALLOCATED("month, provider, cluster, currency", Tolerance.CENT, Tolerance.CENT, """
            SELECT month, provider, cluster, currency, truth, found
            FROM (
              SELECT month, provider, cluster, billing_currency AS currency, cost + support_cost AS truth
              FROM truth_cost_cluster_monthly WHERE cluster IN (SELECT cluster FROM cost)
              UNION ALL
              SELECT month, provider, 'none', billing_currency, sum(effective_cost)
              FROM truth_cost_monthly WHERE kind IN ('credit', 'tokens') GROUP BY ALL)
            FULL JOIN (
              SELECT trunc(day, 'month') AS month, provider, coalesce(cluster, 'none') AS cluster,
                billing_currency AS currency, sum(effective_cost) AS found
              FROM cost_allocated_daily GROUP BY ALL)
            USING (month, provider, cluster, currency)"""),
    BILLED("month, provider, cluster, currency", Tolerance.CENT, Tolerance.CENT, """
            SELECT month, provider, cluster, currency, truth, found
            FROM (
              SELECT month, provider, cluster, billing_currency AS currency, sum(billed_cost) AS truth
              FROM (
                SELECT month, provider, coalesce(cluster, 'none') AS cluster, billing_currency, billed_cost
                FROM truth_cost_monthly WHERE billed_cost IS NOT NULL AND kind <> 'support'
                UNION ALL
                SELECT month, provider, cluster, billing_currency, support_cost
                FROM truth_cost_cluster_monthly WHERE support_cost <> 0)
              GROUP BY ALL)
            FULL JOIN (
              SELECT month, provider, coalesce(cluster, 'none') AS cluster, billing_currency AS currency,
                sum(whole_billed_cost) AS found
              FROM cost_per_token_monthly WHERE whole_billed_cost IS NOT NULL GROUP BY ALL)
            USING (month, provider, cluster, currency)"""),
    RENTED("month, provider, cluster, currency", Tolerance.CENT, Tolerance.CENT, """
            SELECT month, provider, cluster, currency, truth, found
            FROM (
              SELECT month, provider, cluster, billing_currency AS currency, cost + support_cost AS truth
              FROM truth_cost_cluster_monthly WHERE cluster NOT IN (SELECT cluster FROM truth_own_cost_daily))
            FULL JOIN (
              SELECT trunc(day, 'month') AS month, provider, cluster, billing_currency AS currency, sum(cost) AS found
              FROM cost_per_token_daily WHERE cluster IS NOT NULL AND cost_basis <> 'own' GROUP BY ALL)
            USING (month, provider, cluster, currency)"""),
    SHARED("month, provider, cluster, currency", Tolerance.CENT, Tolerance.CENT, """
            SELECT month, provider, cluster, currency, truth, found
            FROM (
              SELECT month, provider, cluster, billing_currency AS currency, support_cost AS truth
              FROM truth_cost_cluster_monthly WHERE support_cost <> 0)
            FULL JOIN (
              SELECT trunc(day, 'month') AS month, provider, cluster, billing_currency AS currency, sum(shared_cost) AS found
              FROM cost_per_token_daily WHERE cluster IS NOT NULL AND cost_basis = 'effective' GROUP BY ALL)
            USING (month, provider, cluster, currency)"""),
    OWN("day, cluster, cost_kind, currency", Tolerance.CENT, Tolerance.CENT, """
            SELECT day, cluster, cost_kind, currency, truth, found
            FROM (SELECT day, cluster, cost_kind, currency, cost AS truth FROM truth_own_cost_daily
              WHERE cost_kind IN ('depreciation', 'operations'))
            FULL JOIN (SELECT day, cluster, cost_kind, currency, sum(cost) AS found FROM own_cost_daily
              WHERE cost_kind IN ('depreciation', 'operations') GROUP BY ALL)
            USING (day, cluster, cost_kind, currency)"""),
    OWN_POWER("day, cluster, cost_kind, currency", new Tolerance(0.001, 0), new Tolerance(0.003, 0), """
            SELECT day, cluster, cost_kind, currency, truth, found
            FROM (SELECT day, cluster, cost_kind, currency, cost AS truth FROM truth_own_cost_daily
              WHERE cost_kind IN ('energy', 'demand'))
            FULL JOIN (SELECT day, cluster, cost_kind, currency, sum(cost) AS found FROM own_cost_daily
              WHERE cost_kind IN ('energy', 'demand') AND cluster IN (SELECT cluster FROM truth_own_cost_daily) GROUP BY ALL)
            USING (day, cluster, cost_kind, currency)"""),
    OWN_BASIS("month, cluster, currency", new Tolerance(0.001, 0), new Tolerance(0.001, 0), """
            SELECT month, cluster, currency, truth, found
            FROM (SELECT trunc(day, 'month') AS month, cluster, currency, sum(cost) AS truth
              FROM truth_own_cost_daily GROUP BY ALL)
            FULL JOIN (SELECT trunc(day, 'month') AS month, cluster, billing_currency AS currency, sum(cost) AS found
              FROM cost_per_token_daily WHERE cost_basis = 'own' GROUP BY ALL)
            USING (month, cluster, currency)"""),
    MODELS("month, cluster, model, currency", Tolerance.CENT, new Tolerance(0.005, 0), """
            SELECT month, cluster, model, currency, truth, found
            FROM (SELECT month, cluster, model, billing_currency AS currency, serving_cost AS truth
              FROM truth_cost_model_monthly WHERE cluster NOT IN (SELECT cluster FROM truth_own_cost_daily))
            FULL JOIN (SELECT trunc(day, 'month') AS month, cluster, model, billing_currency AS currency, sum(cost) AS found
              FROM token_cost_daily WHERE supply = 'own_gpu' AND cost <> 0 AND cost_basis <> 'own' GROUP BY ALL)
            USING (month, cluster, model, currency)"""),
    OWN_MODELS("month, cluster, model, currency", new Tolerance(0.001, 0), new Tolerance(0.005, 0), """
            SELECT month, cluster, model, currency, truth, found
            FROM (SELECT month, cluster, model, billing_currency AS currency, serving_cost AS truth
              FROM truth_cost_model_monthly WHERE cluster IN (SELECT cluster FROM truth_own_cost_daily))
            FULL JOIN (SELECT trunc(day, 'month') AS month, cluster, model, billing_currency AS currency, sum(cost) AS found
              FROM token_cost_daily WHERE supply = 'own_gpu' AND cost <> 0 AND cost_basis = 'own' GROUP BY ALL)
            USING (month, cluster, model, currency)"""),
    USAGE("month, cluster, currency", new Tolerance(0.001, 0), new Tolerance(0.007, 0), """
            SELECT month, cluster, currency, truth, found
            FROM (SELECT month, cluster, billing_currency AS currency, sum(usage_cost) AS truth
              FROM truth_cost_model_monthly GROUP BY ALL)
            FULL JOIN (SELECT trunc(day, 'month') AS month, cluster, billing_currency AS currency, sum(usage_cost) AS found
              FROM cost_per_token_daily WHERE cluster IS NOT NULL GROUP BY ALL)
            USING (month, cluster, currency)"""),
    API_TOKENS("day, provider, model, token_type", Tolerance.CENT, Tolerance.CENT, """
            SELECT day, provider, model, token_type, truth, found
            FROM (SELECT day, provider, model, token_type, tokens AS truth FROM truth_api_tokens)
            FULL JOIN (SELECT day, provider, model, token_type, sum(tokens) AS found
              FROM token_cost_daily WHERE supply = 'api' GROUP BY ALL)
            USING (day, provider, model, token_type)"""),
    API_COST("day, provider, model, token_type, currency", new Tolerance(0, 1e-12), new Tolerance(0, 1e-12), """
            SELECT day, provider, model, token_type, currency, truth, found
            FROM (SELECT day, provider, model, token_type, billing_currency AS currency, cost AS truth FROM truth_api_tokens)
            FULL JOIN (SELECT day, provider, model, token_type, billing_currency AS currency, sum(cost) AS found
              FROM token_cost_daily WHERE supply = 'api' GROUP BY ALL)
            USING (day, provider, model, token_type, currency)"""),
    INVOICES("month, account, invoice, currency", new Tolerance(0, 1e-12), new Tolerance(0, 1e-12), """
            SELECT month, account, invoice, currency, truth, found
            FROM (
              SELECT billing_period_start AS month, billing_account_id AS account, coalesce(invoice_id, 'none') AS invoice,
                billing_currency AS currency, billed_cost AS truth
              FROM truth_invoices)
            FULL JOIN (
              SELECT to_date(billing_period_start) AS month, billing_account_id AS account,
                coalesce(invoice_id, 'none') AS invoice, billing_currency AS currency, billed_cost AS found
              FROM invoice_reconciliation)
            USING (month, account, invoice, currency)""");

    private final String keys;
    private final Tolerance ofClean;
    private final Tolerance ofDirty;
    private final String sql;

    FoundCost(String keys, Tolerance ofClean, Tolerance ofDirty, String sql) {
        this.keys = keys;
        this.ofClean = ofClean;
        this.ofDirty = ofDirty;
        this.sql = sql;
    }

    @Override
    public String fine() {
        return keys;
    }

    @Override
    public String coarse() {
        return keys;
    }

    @Override
    public Tolerance ofClean() {
        return ofClean;
    }

    @Override
    public Tolerance ofDirty() {
        return ofDirty;
    }

    @Override
    public String sql() {
        return sql;
    }
}
