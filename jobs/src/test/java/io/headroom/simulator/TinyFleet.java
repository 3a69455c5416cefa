package io.headroom.simulator;

/** Two clusters of 28 GPUs, every 6 hours over 40 days that touch three months. */
public final class TinyFleet {

    static final int GPUS = 28;
    static final int INTERVALS = 4 * 40;

    public static final String YAML = """
            seed: 7
            start: 2025-12-28
            end: 2026-02-06
            interval_s: 21600
            faults: {down_host_days: 0.01, failed_jobs: 0.1, cancelled_jobs: 0.05, timed_out_jobs: 0.05}
            clusters:
              - cluster: rented
                provider: rented-sim
                region: us-east-1
                country: US
                grid_region: PJM
                site: Virginia
                utc_offset_h: -5
                hardware: {accelerator: GB200, tgp_w: 1200, racks: 1, gpus_per_rack: 12, gpus_per_node: 4,
                  gpus_per_domain: 12, rack_nameplate_w: 22000, node_meters: false}
                pue: 1.2
                load: {initial: 0.5, growth_per_month: 0.1, training: 0.5, inference: 0.3, agentic: 0.2}
                models: [{model: gpt-oss-120b, share: 1, tokens_per_gpu_s: 9000}]
                billed: true
                price_per_gpu_hour: 3.3333
              - cluster: own
                provider: own-sim
                region: texas
                utc_offset_h: -6
                hardware: {accelerator: H100, tgp_w: 700, racks: 2, gpus_per_rack: 8, gpus_per_node: 8,
                  gpus_per_domain: 8, rack_nameplate_w: 11000, node_meters: true}
                pue: 1.1
                load: {initial: 0.9, growth_per_month: 0.1, training: 1, inference: 0, agentic: 0}
                billed: false
                price_per_gpu_hour: 2
                telemetry: csv
                racks_per_row: 1
                expansions: [{racks: 1, planned: 2027-03-31}]
            """;

    static final String DIRT =
            "dirt: {duplicates: 0.01, late: 0.08, gaps: 0.02, missing: 0.01, bad: 0.4, skewed_hosts: 0.1, skew_s: 40}\n";

    /** What else it may cost: euros paid two months at once, an owner's expenses, and tokens of an API. */
    static final String COSTLY = YAML.replace("seed: 7\n", """
            seed: 7
            fx: {EUR: 1.1}
            apis:
              - provider: api-sim
                model: gpt-oss-120b
                currency: USD
                tokens_per_day: 1000000
                growth_per_month: 0.1
                prices: {uncached_input: 0.15, cache_read: 0.05, output: 0.6}
            """)
            .replace(
                    "    price_per_gpu_hour: 3.3333\n",
                    "    bill: {focus: '1.2', currency: EUR, paid_months: 2}\n    price_per_gpu_hour: 3.3333\n")
            .replace("    price_per_gpu_hour: 2\n", """
                own:
                  currency: USD
                  operations_per_month: 3100
                  assets:
                    - {asset: racks, kind: it, cost: 40000, salvage: 3500, in_service: 2025-12-01, life_years: 1}
                    - {asset: hall, kind: building, cost: 73000, salvage: 0, in_service: 2026-01-01, life_years: 2, shared: true}
                energy: {per_kwh: 0.05, per_kw_month: 31, currency: USD}
            """);

    private TinyFleet() {}

    static Fleet fleet() {
        return Fleet.parse(YAML, "tiny.yml");
    }

    static Fleet costly() {
        return Fleet.parse(COSTLY, "tiny.yml");
    }

    /** The same, told of badly, and with bills of both clusters, in two versions of FOCUS. */
    static Fleet dirty() {
        String billed = YAML.replace("billed: false", "billed: true")
                .replaceFirst("billed: true", "billed: true\n    bill: {focus: '1.2'}");
        return Fleet.parse(DIRT + billed, "tiny.yml");
    }
}
