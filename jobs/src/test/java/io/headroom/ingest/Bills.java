package io.headroom.ingest;

/** Bills of a source whose deliveries replace slices. */
final class Bills {

    static final String SOURCE = """
            name: bills
            extends: cost/focus_1_0_csv
            files: bills/*.csv
            """;
    static final String HEADER =
            "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,"
                    + "ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ListCost,ProviderName\n";

    private Bills() {}

    /** One line in a month's bill for each cost. */
    static String of(String month, String... costs) {
        StringBuilder text = new StringBuilder(HEADER);
        for (String cost : costs) {
            text.append("%s,acc,USD,%s-28T00:00:00Z,%s-01T00:00:00Z,Usage,%s-02T00:00:00Z,%s-01T00:00:00Z,1,1,AWS\n"
                    .formatted(cost, month, month, month, month));
        }
        return text.toString();
    }
}
