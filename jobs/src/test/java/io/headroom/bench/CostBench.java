package io.headroom.bench;

import io.headroom.lake.Sessions;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.invoice_reconciliation.InvoiceReconciliation;
import io.headroom.runner.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Bills of two months judged, allocated, spread by day and held against their invoices, beside a plain copy of the files. */
final class CostBench {

    static final List<String> WORK = List.of(
            Pipeline.STAGING,
            CostDaily.TABLE.qualifiedName(),
            CostAllocatedDaily.TABLE.qualifiedName(),
            InvoiceReconciliation.TABLE.qualifiedName());

    private static final String BILL = """
            name: bill
            extends: cost/focus_parquet
            files: 'bill/*/*.parquet'
            identity: {slice: [provider, billing_account_id, billing_period_start], delivery: folder}
            """;
    private static final String INVOICE = """
            name: invoice
            extends: invoice/plain_csv
            files: 'invoice/*.csv'
            identity: {slice: [provider, billing_account_id, billing_period_start]}
            """;
    private static final String RULES = """
            rules:
              - {name: support, when: {service_name: Support}, spread: {by: direct_cost, among: provider}}
              - {name: network, when: {service_name: Service 7, region: [region-1, region-7]}, spread: {by: even, among: fleet}}
              - {name: licence, when: {service_name: Service 9}, spread: {by: fixed, shares: {cluster-1: 2, cluster-2: 1}}}
              - {name: moved, until: 2026-03-20, when: {sub_account_id: sub-5}, to: {cluster: cluster-5}}
              - {name: nodes, when: {resource_id: '*:node/-1*'}, to: {cluster: cluster-nodes, workload: training}}
              - {name: reserved, when: {commitment_discount_id: 'commitment-1*'}, to: {cluster: $commitment_discount_id}}
              - {name: owner, when: {tags.owner: 'owner-1*', tags.env: [test, prod]}, to: {team: $tags.owner}}
            """;

    private final Workplace place;
    private final int rounds;

    CostBench(Workplace place, int rounds) {
        this.place = place;
        this.rounds = rounds;
    }

    void run(long lines) throws IOException, InterruptedException {
        System.out.printf(
                "Bills of %,d lines in the columns of FOCUS 1.2, judged, allocated, spread by day and held against invoices,"
                        + " beside Spark copying the same Parquet files; whole processes, JVM start included; medians of %d.%n%n",
                lines, rounds);
        System.out.println(Figures.header("lines", "program") + "     lines/s   x plain copy");
        Path landing = place.path("landing");
        Path conf = prepare(landing, lines);
        List<Measured> copies = new ArrayList<>();
        List<Measured> ours = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Path copy = place.path("copy");
            Workplace.remove(copy);
            copies.add(place.runJava(PlainCopy.class, landing.resolve("bill").toString(), copy.toString()));
            ours.add(place.run(conf, landing, place.copied(place.emptyLake(), "lake"), WORK));
        }
        Figures plain = Figures.of(copies);
        print(lines, "plain copy", plain, plain);
        print(lines, "Headroom", Figures.of(ours), plain);
        System.out.printf("%n%s%n", ours.get(rounds - 1).out());
        System.out.println(told(place.path("lake"), lines));
    }

    /** Writes bills, invoices and what is to be done with them. */
    Path prepare(Path landing, long lines) throws IOException {
        new BillLines(Workplace.FIRST, lines).write(Sessions.open(Map.of()), landing);
        Files.writeString(place.path("bill.yml"), BILL);
        Files.writeString(place.path("invoice.yml"), INVOICE);
        Files.writeString(place.path("rules.yml"), RULES);
        return Files.writeString(place.path("cost.yml"), "{sources: [bill.yml, invoice.yml], allocation: rules.yml}\n");
    }

    /** What became of the bills; fails where it is not what they say. */
    static String told(Path lake, long lines) {
        Dataset<Row> invoices = table(lake, "mart/invoice_reconciliation");
        long reconciled = invoices.filter("state = 'reconciled'").count();
        Row all = invoices.selectExpr("count(*)", "sum(line_count)").head();
        Row kinds = table(lake, "mart/cost_allocated_daily")
                .selectExpr("count(DISTINCT cost_kind)", "count(*)")
                .head();
        if (all.getLong(0) != reconciled || all.getLong(1) != lines || kinds.getLong(0) != 4) {
            throw new IllegalStateException(
                    "Of %s invoices and lines %d invoices are reconciled; kinds and rows of allocated cost: %s"
                            .formatted(all, reconciled, kinds));
        }
        return "%d invoices reconciled to the last decimal; %d rows of cost_daily, %d of cost_allocated_daily."
                .formatted(reconciled, table(lake, "mart/cost_daily").count(), kinds.getLong(1));
    }

    private static Dataset<Row> table(Path lake, String table) {
        return Sessions.open(Map.of())
                .read()
                .format("delta")
                .load(lake.resolve(table).toString());
    }

    private static void print(long lines, String program, Figures figures, Figures plain) {
        System.out.printf(
                "%s%12.0f %14.2f%n",
                figures.line(lines, program), lines / figures.seconds(), figures.seconds() / plain.seconds());
    }
}
