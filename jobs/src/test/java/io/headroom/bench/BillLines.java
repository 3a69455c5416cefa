package io.headroom.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Bills of two months in the columns of FOCUS 1.2, as Parquet: most charges are an hour of a resource, some a day, a week
 * or a month; with credits, corrections, taxes, two currencies and tags. The same number gives the same lines.
 */
record BillLines(LocalDate first, long lines) {

    private static final int DAYS = 60;
    private static final int RESOURCES = 8_000;
    private static final int FILES_OF_MONTH = 4;
    private static final long DAY_S = 86_400;

    private static final String ID = "_id";
    private static final String RESOURCE = "_resource";
    private static final String DAY = "_day";
    private static final String KIND = "_kind";
    private static final String START = "_start_s";
    private static final String LENGTH = "_length_s";
    private static final String MONTH = "_month";

    /** Of 10,000 lines, those of a kind and of the kinds before it. */
    private static final int HOURLY = 9_600;

    private static final int DAILY = 9_750;
    private static final int WEEKLY = 9_820;
    private static final int MONTHLY = 9_860;
    private static final int CREDIT = 9_920;
    private static final int CORRECTION = 9_950;
    private static final int UNUSED = 9_980;

    /** Writes a folder for each month, and the invoices of them all. */
    void write(SparkSession spark, Path landing) {
        Dataset<Row> told = lines(spark);
        for (int month = 0; month < 2; month++) {
            told.filter(col(MONTH).equalTo(month))
                    .drop(MONTH)
                    .repartition(FILES_OF_MONTH)
                    .write()
                    .parquet(landing.resolve("bill/" + first.plusMonths(month)).toString());
        }
        spark.read()
                .parquet(landing.resolve("bill/*").toString())
                .groupBy(
                        col("ProviderName").as("provider"),
                        col("BillingAccountId").as("billing_account_id"),
                        col("InvoiceId").as("invoice_id"),
                        date_format(col("BillingPeriodStart"), "yyyy-MM-dd'T'HH:mm:ss'Z'")
                                .as("billing_period_start"),
                        date_format(col("BillingPeriodEnd"), "yyyy-MM-dd'T'HH:mm:ss'Z'")
                                .as("billing_period_end"),
                        col("BillingCurrency").as("billing_currency"))
                .agg(sum("BilledCost").cast("string").as("billed_cost"))
                .coalesce(1)
                .write()
                .option("header", true)
                .csv(landing.resolve("invoice").toString());
    }

    private Dataset<Row> lines(SparkSession spark) {
        Map<String, Column> columns = columns();
        Column[] all = columns.entrySet().stream()
                .map(column -> column.getValue().as(column.getKey()))
                .toArray(Column[]::new);
        return drawn(spark).select(all);
    }

    private Dataset<Row> drawn(SparkSession spark) {
        Column within =
                when(isUpTo(HOURLY), pmod(hash("hour"), lit(24)).multiply(3600)).otherwise(0);
        return spark.range(0, lines, 1, 2 * FILES_OF_MONTH)
                .toDF(ID)
                .withColumn(RESOURCE, pmod(hash("resource"), lit(RESOURCES)))
                .withColumn(DAY, col(ID).multiply(DAYS).divide(lines).cast("int"))
                .withColumn(KIND, pmod(hash("kind"), lit(10_000)))
                .withColumn(
                        START, lit(second(first)).plus(col(DAY).multiply(DAY_S)).plus(within))
                .withColumn(
                        LENGTH,
                        when(isUpTo(HOURLY), 3_600L)
                                .when(isUpTo(DAILY), DAY_S)
                                .when(isUpTo(WEEKLY), 7 * DAY_S)
                                .when(isUpTo(MONTHLY), 30 * DAY_S)
                                .otherwise(DAY_S))
                .withColumn(
                        MONTH,
                        when(col(START).lt(second(first.plusMonths(1))), 0).otherwise(1));
    }

    private Map<String, Column> columns() {
        Column account = pmod(resource(), lit(6));
        Column billed = amount();
        Column isUnused = isOf(CORRECTION, UNUSED);
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("AvailabilityZone", concat(region(), lit("-"), one("az", 3)));
        columns.put("BilledCost", when(isUnused, money(lit(0))).otherwise(billed));
        columns.put("BillingAccountId", concat(lit("account-"), account));
        columns.put("BillingAccountName", concat(lit("Account "), account));
        columns.put("BillingAccountType", lit("Payer"));
        columns.put("BillingCurrency", when(account.equalTo(5), "EUR").otherwise("USD"));
        columns.put("BillingPeriodEnd", monthStart(1));
        columns.put("BillingPeriodStart", monthStart(0));
        columns.put("CapacityReservationId", text());
        columns.put("CapacityReservationStatus", text());
        columns.put(
                "ChargeCategory",
                when(isUpTo(WEEKLY), "Usage")
                        .when(isUpTo(MONTHLY), "Purchase")
                        .when(isUpTo(CREDIT), "Credit")
                        .when(isUpTo(UNUSED), "Usage")
                        .otherwise("Tax"));
        columns.put("ChargeClass", when(isOf(CREDIT, CORRECTION), "Correction"));
        columns.put("ChargeDescription", concat(service(), lit(" of "), resourceId()));
        columns.put("ChargeFrequency", when(isUpTo(WEEKLY), "Usage-Based").otherwise("One-Time"));
        columns.put("ChargePeriodEnd", timestamp_seconds(col(START).plus(col(LENGTH))));
        columns.put("ChargePeriodStart", timestamp_seconds(col(START)));
        columns.put("CommitmentDiscountCategory", when(isCommitted(), "Usage"));
        columns.put("CommitmentDiscountId", when(isCommitted(), one("commitment-", 50)));
        columns.put("CommitmentDiscountName", when(isCommitted(), one("Commitment ", 50)));
        columns.put("CommitmentDiscountQuantity", when(isCommitted(), quantity()));
        columns.put("CommitmentDiscountStatus", when(isUnused, "Unused").when(isCommitted(), "Used"));
        columns.put("CommitmentDiscountType", when(isCommitted(), "Reserved"));
        columns.put("CommitmentDiscountUnit", when(isCommitted(), "Hours"));
        columns.put("ConsumedQuantity", when(isUpTo(WEEKLY), quantity()));
        columns.put("ConsumedUnit", when(isUpTo(WEEKLY), "Hours"));
        columns.put("ContractedCost", money(billed.multiply(lit(2))));
        columns.put("ContractedUnitPrice", when(isUpTo(WEEKLY), money(lit(2.5))));
        columns.put("EffectiveCost", billed);
        columns.put("InvoiceId", concat(lit("inv-"), account, lit("-"), col(MONTH)));
        columns.put("InvoiceIssuerName", provider());
        columns.put("ListCost", money(billed.multiply(lit(3))));
        columns.put("ListUnitPrice", when(isUpTo(WEEKLY), money(lit(3.5))));
        columns.put("PricingCategory", when(isCommitted(), "Committed").otherwise("Standard"));
        columns.put("PricingCurrency", lit("USD"));
        columns.put("PricingCurrencyContractedUnitPrice", money(lit(null)));
        columns.put("PricingCurrencyEffectiveCost", billed);
        columns.put("PricingCurrencyListUnitPrice", money(lit(null)));
        columns.put("PricingQuantity", quantity());
        columns.put("PricingUnit", lit("Hours"));
        columns.put("ProviderName", provider());
        columns.put("PublisherName", provider());
        columns.put("RegionId", region());
        columns.put("RegionName", concat(lit("Region "), region()));
        columns.put("ResourceId", resourceId());
        columns.put("ResourceName", concat(lit("resource "), resource()));
        columns.put("ResourceType", one("type-", 20));
        columns.put("ServiceCategory", when(isUpTo(WEEKLY), "Compute").otherwise("Other"));
        columns.put("ServiceName", service());
        columns.put(
                "ServiceSubcategory", when(isUpTo(WEEKLY), "Virtual Machines").otherwise("Other (Other)"));
        columns.put("SkuId", one("sku-", 200));
        columns.put("SkuMeter", one("Meter ", 40));
        columns.put("SkuPriceDetails", map(lit("GpuCount"), lit("8"), lit("InstanceType"), one("p6e.", 9)));
        columns.put("SkuPriceId", concat(one("sku-", 200), lit("-price")));
        columns.put("SubAccountId", one("sub-", 90));
        columns.put("SubAccountName", one("Sub account ", 90));
        columns.put("SubAccountType", lit("Project"));
        columns.put("Tags", tags());
        columns.put(MONTH, col(MONTH));
        return columns;
    }

    /** Up to a hundred with ten decimals; below zero where it is given back. */
    private static Column amount() {
        Column amount = pmod(hash("cost"), lit(1_000_000_000_000L))
                .cast("decimal(13,0)")
                .divide(lit(10_000_000_000L).cast("decimal(11,0)"));
        return money(when(isOf(MONTHLY, CORRECTION), amount.multiply(lit(-1))).otherwise(amount));
    }

    private static Column quantity() {
        return pmod(hash("quantity"), lit(100)).plus(1).cast("double");
    }

    /** Four resources of five name a cluster; some a team, in words that rules know. */
    private static Column tags() {
        Column owner = one("owner-", 30);
        return when(
                        pmod(resource(), lit(5)).gt(0),
                        map(lit("cluster"), one("cluster-", 40), lit("owner"), owner, lit("env"), lit("prod")))
                .otherwise(map(lit("owner"), owner, lit("env"), lit("test")));
    }

    private static Column isCommitted() {
        return pmod(resource(), lit(3)).equalTo(0).and(isUpTo(DAILY)).or(isOf(CORRECTION, UNUSED));
    }

    private static Column isUpTo(int kind) {
        return col(KIND).lt(kind);
    }

    private static Column isOf(int from, int to) {
        return col(KIND).geq(from).and(col(KIND).lt(to));
    }

    private static Column service() {
        return when(isUpTo(WEEKLY), one("Service ", 25)).otherwise("Support");
    }

    private static Column provider() {
        return one("provider-", 2);
    }

    private static Column region() {
        return one("region-", 12);
    }

    private static Column resourceId() {
        return concat(
                lit("arn:cloud:compute:"),
                region(),
                lit(":node/"),
                xxhash64(resource()).cast("string"));
    }

    private static Column resource() {
        return col(RESOURCE);
    }

    private static Column one(String prefix, int of) {
        return concat(lit(prefix), pmod(resource(), lit(of)));
    }

    private Column monthStart(int later) {
        return timestamp_seconds(when(col(MONTH).equalTo(0), second(first.plusMonths(later)))
                .otherwise(second(first.plusMonths(1L + later))));
    }

    private static Column hash(String what) {
        return xxhash64(lit(what), col(ID));
    }

    private static Column text() {
        return lit(null).cast("string");
    }

    private static Column money(Column amount) {
        return amount.cast("decimal(28,10)");
    }

    private static long second(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
}
