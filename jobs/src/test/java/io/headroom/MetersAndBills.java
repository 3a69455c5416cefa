package io.headroom;

import io.headroom.job.Input;
import io.headroom.job.Job;
import io.headroom.runner.JobSummary;
import io.headroom.runner.Runner;
import io.headroom.setting.Settings;
import io.headroom.staging.Staging;
import io.headroom.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A lake of meters, whose readings have keys, of bills, which come in slices, and of jobs, with the marts of them. */
public final class MetersAndBills {

    private static final String METERS = """
            name: meters
            extends: power_sample/plain_csv
            files: meters/*
            """;
    private static final String BILLS = """
            name: bills
            extends: cost/plain_csv
            files: bills/*
            identity: {slice: [provider, billing_account_id, billing_period_start]}
            """;
    private static final String JOBS = """
            name: jobs
            extends: job_usage/plain_csv
            files: jobs/*
            """;
    /** What must not depend on the way that led to it: the identity of runs and the history of deliveries are left out. */
    private static final List<String> STAGED = List.of(
            "SELECT 'reading', * FROM power_sample",
            "SELECT 'charge', * FROM cost",
            "SELECT 'job', * FROM job_usage",
            "SELECT 'refused', * EXCEPT (run_id) FROM rejected",
            "SELECT 'file', * EXCEPT (run_id, duplicates_of, superseded_by) FROM delivery");

    private final List<Job> marts;
    private final LakeFixture lake;
    private int runs;

    public MetersAndBills(Path folder, List<Job> marts) {
        this.marts = marts;
        Stream<Table> read =
                marts.stream().flatMap(mart -> mart.reads().stream().map(Input::table));
        Stream<Table> written = marts.stream().map(Job::writes);
        lake = new LakeFixture(
                folder,
                Stream.concat(read, written)
                        .filter(table -> !Staging.TABLES.contains(table))
                        .distinct()
                        .toArray(Table[]::new));
    }

    public LakeFixture lake() {
        return lake;
    }

    /** Delivers a file of readings, each a meter, an instant and watts between commas. */
    void meters(String path, String... readings) {
        lake.deliver(
                "meters/" + path,
                "meter_id,sampled_at,power_w,scope,cluster,node\n"
                        + lines(readings, reading -> {
                            String meter = reading.substring(0, reading.indexOf(','));
                            return "%s,node,c,%s".formatted(reading, meter);
                        }));
    }

    /** Delivers a bill of months, each charge a month, a first day, a day after the last and a cost between commas. */
    public void bill(String path, String... charges) {
        lake.deliver(
                "bills/" + path,
                "provider,billing_account_id,billing_currency,charge_category,billing_period_end,"
                        + "billing_period_start,charge_period_start,charge_period_end,effective_cost,billed_cost\n"
                        + lines(charges, charge -> {
                            String[] parts = charge.split(",", -1);
                            return "P,a,USD,Usage,%1$s-28,%1$s-01,%2$s,%3$s,%4$s,%4$s"
                                    .formatted(parts[0], parts[1], parts[2], parts[3]);
                        }));
    }

    /** Delivers a file of jobs, each its name, its host, its start and its end between commas. */
    void jobs(String path, String... jobs) {
        lake.deliver(
                "jobs/" + path,
                "job_id,nodes,started_at,ended_at,cluster,state,allocated_gpus,gpu_seconds,tokens_per_s\n"
                        + lines(jobs, job -> job + ",c,COMPLETED,8,80,500"));
    }

    private static String lines(String[] rows, UnaryOperator<String> line) {
        return Arrays.stream(rows).map(line).map(row -> row + "\n").collect(Collectors.joining());
    }

    /** Ingests what is new and computes the marts: what each was written, by name. */
    public Map<String, Long> run() {
        runs++;
        lake.ingest(METERS, BILLS, JOBS);
        var runner =
                new Runner(lake.lake(), Instant.parse("2027-01-01T00:00:00Z"), "run-" + runs, "test", Settings.DEFAULT);
        return marts.stream().map(runner::run).collect(Collectors.toMap(JobSummary::job, JobSummary::written));
    }

    /** The files that the last run read. */
    List<String> read() {
        return lake.sql("SELECT path FROM delivery WHERE run_id = 'run-%d'".formatted(runs));
    }

    /** The days that a table's commits after a version wrote or took away. */
    public Set<LocalDate> changed(Table table, Map<String, Long> before) {
        return lake.lake()
                .table(table)
                .changesSince(before.getOrDefault(table.qualifiedName(), 0L))
                .orElseThrow()
                .days();
    }

    /** All rows of staging and marts. */
    List<String> state() {
        Stream<String> computed =
                marts.stream().map(mart -> mart.writes().name()).map("SELECT '%1$s', * FROM %1$s"::formatted);
        return Stream.concat(STAGED.stream(), computed)
                .flatMap(query -> lake.sql(query).stream())
                .toList();
    }

    /** The same of a lake to which only what lies in this landing folder now was ever delivered. */
    List<String> stateOfFreshLake(Path folder) throws IOException {
        var fresh = new MetersAndBills(folder, marts);
        fresh.lake.deliverAllOf(lake);
        fresh.run();
        return fresh.state();
    }
}
