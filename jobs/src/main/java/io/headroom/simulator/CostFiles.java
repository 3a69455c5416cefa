package io.headroom.simulator;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import io.headroom.simulator.LandingFiles.Kind;
import io.headroom.staging.invoice.Invoice;
import io.headroom.table.Lineage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Bills, invoices and rates of exchange, and what they should tell. */
final class CostFiles {

    private final SparkSession spark;
    private final Fleet fleet;
    private final Noise noise;
    private final Charges charges;
    private final TokenSales sales;
    private final FocusBill bill;

    CostFiles(SparkSession spark, Fleet fleet, Noise noise, Demand demand, Soiling soiling) {
        this.spark = spark;
        this.fleet = fleet;
        this.noise = noise;
        this.charges = new Charges(spark, fleet);
        this.sales = new TokenSales(spark, fleet, noise, demand);
        this.bill = new FocusBill(fleet, charges, sales, soiling);
    }

    void writeBills(LandingFiles files, Dataset<Row> activity) {
        for (String focus : fleet.focusVersions()) {
            files.write(
                    bill.of(activity, focus),
                    Kind.csv("cost/%%s/focus_%s.csv".formatted(focus.replace('.', '_'))),
                    fleet.calendar().names(),
                    Working.MONTH,
                    col("ProviderName"),
                    col("ChargePeriodStart"),
                    col("ChargePeriodEnd"),
                    col("ChargeDescription"));
        }
    }

    void writeFacts(LandingFiles files) {
        var facts = new FleetFacts(spark, fleet);
        files.writeOne(facts.prices(), Kind.csv("price/price.csv"));
        if (fleet.clusters().stream().anyMatch(cluster -> cluster.own() != null)) {
            files.writeOne(facts.assets(), Kind.csv("asset/asset.csv"));
        }
        if (!fleet.fx().isEmpty()) {
            files.writeOne(new FxRates(spark, fleet, noise).rates(), Kind.csv("fx_rate/fx_rate.csv"));
        }
    }

    /**
     * Writes what the fleet cost, and the invoices, which are known from that.
     *
     * @param sites power of each cluster at each instant
     * @param tokens what each model served
     */
    void writeTruth(LandingFiles files, Dataset<Row> activity, Dataset<Row> sites, Dataset<Row> tokens) {
        Dataset<Row> owned = new OwnCosts(spark, fleet).daily(sites);
        var truth = new CostTruth(charges, sales, owned);
        files.writeOne(truth.monthly(), Simulator.truth("cost_monthly"));
        files.writeOne(truth.ofClusters(), Simulator.truth("cost_cluster_monthly"));
        files.writeOne(truth.ofModels(tokens, activity), Simulator.truth("cost_model_monthly"));
        files.writeOne(truth.apiTokens(), Simulator.truth("api_tokens"));
        files.writeOne(owned, Simulator.truth("own_cost_daily"));
        files.writeOne(truth.invoices(), Simulator.truth("invoices"));
        if (fleet.focusVersions().contains(Bill.SECOND)) {
            files.writeOne(invoices(truth.invoices()), Kind.csv("invoice/invoice.csv"));
        }
    }

    private static Dataset<Row> invoices(Dataset<Row> billed) {
        Column start = Invoice.BILLING_PERIOD_START.col();
        Column end = midnight(add_months(start, 1));
        return billed.filter(Invoice.INVOICE_ID.col().isNotNull())
                .select(
                        Invoice.PROVIDER.col(),
                        Invoice.PROVIDER.col().as(Invoice.INVOICE_ISSUER.column()),
                        Invoice.INVOICE_ID.col(),
                        Invoice.BILLING_ACCOUNT_ID.col(),
                        midnight(start).as(Invoice.BILLING_PERIOD_START.column()),
                        end.as(Invoice.BILLING_PERIOD_END.column()),
                        Invoice.BILLED_COST.col().cast("string").as(Invoice.BILLED_COST.column()),
                        Invoice.BILLING_CURRENCY.col(),
                        end.as(Invoice.ISSUED_AT.column()),
                        end.as(Lineage.KNOWN_AT.column()));
    }

    private static Column midnight(Column day) {
        return concat(day.cast("string"), lit("T00:00:00Z"));
    }
}
