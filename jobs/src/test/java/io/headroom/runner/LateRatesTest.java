package io.headroom.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.LakeFixture;
import io.headroom.failure.Failure;
import io.headroom.job.Concurrently;
import io.headroom.job.Job;
import io.headroom.job.Plan;
import io.headroom.mart.billed_cost_monthly.BilledCostMonthly;
import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_daily.CostDaily;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.cost_per_token_monthly.CostPerTokenMonthly;
import io.headroom.mart.cost_report_daily.CostReportDaily;
import io.headroom.mart.installed_capacity_daily.InstalledCapacityDaily;
import io.headroom.mart.own_cost_daily.OwnCostDaily;
import io.headroom.mart.rate_card_cost_daily.RateCardCostDaily;
import io.headroom.mart.site_energy_daily.SiteEnergyDaily;
import io.headroom.mart.token_charge_daily.TokenChargeDaily;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.mart.token_hourly.TokenHourly;
import io.headroom.mart.token_list_price_daily.TokenListPriceDaily;
import io.headroom.mart.utilisation_hourly.UtilisationHourly;
import io.headroom.setting.Settings;
import io.headroom.table.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates of exchange and prices that become known after the costs that they are for, and a bill after another. */
class LateRatesTest {

    private static final LocalDate SECOND_OF_MARCH = LocalDate.parse("2026-03-02");
    private static final String SOURCE = """
            name: %1$s
            extends: %1$s/plain_csv
            files: %1$s/*
            """;
    private static final String RATES = "base_currency,quote_currency,rate,valid_from,valid_to,publisher,known_at\n";
    private static final String BILLS =
            "provider,billing_account_id,cluster,billing_period_start,billing_period_end,charge_period_start,"
                    + "charge_period_end,charge_category,billed_cost,effective_cost,billing_currency\n";
    private static final String PRICES =
            "provider,pricing_category,unit,unit_price,currency,valid_from,valid_to,known_at\n";
    private static final String LIST_PRICES =
            "provider,model,token_type,pricing_category,unit,unit_price,currency,valid_from,valid_to,known_at\n";
    private static final List<Job> OF_BILLS =
            List.of(CostDaily.JOB, CostAllocatedDaily.JOB, BilledCostMonthly.JOB, CostReportDaily.JOB);
    private static final List<Job> OF_MONTHS = List.of(
            CostDaily.JOB,
            CostAllocatedDaily.JOB,
            BilledCostMonthly.JOB,
            CostPerTokenDaily.JOB,
            CostPerTokenMonthly.JOB);
    private static final List<Job> OF_PRICES = List.of(
            TokenHourly.JOB,
            InstalledCapacityDaily.JOB,
            RateCardCostDaily.JOB,
            OwnCostDaily.JOB,
            CostPerTokenDaily.JOB);
    private static final List<Job> OF_LIST_PRICES =
            List.of(TokenHourly.JOB, CostPerTokenDaily.JOB, TokenCostDaily.JOB, TokenListPriceDaily.JOB);

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(
                folder,
                Stream.concat(
                                Stream.of(UtilisationHourly.TABLE, SiteEnergyDaily.TABLE, TokenChargeDaily.TABLE),
                                Stream.of(OF_BILLS, OF_PRICES, OF_MONTHS, OF_LIST_PRICES)
                                        .flatMap(List::stream)
                                        .map(Job::writes)
                                        .distinct())
                        .toArray(Table[]::new));
    }

    @Test
    void aDayWithoutARateRefusesTheReportAndNothingElse() {
        deliverBill();

        assertThatThrownBy(() -> run("2027-01-01", OF_BILLS))
                .isInstanceOf(Failure.class)
                .hasMessage(
                        "No rate of exchange is known, or only some that contradict each other, at the start of 3 days of"
                                + " bills: EUR to USD on 2026-03-01, EUR to USD on 2026-03-02, EUR to USD on 2026-03-03. None is"
                                + " guessed, so that no cost is told in the currency of reports. Deliver these rates to"
                                + " staging.fx_rate and run again.")
                .extracting(failure -> ((Failure) failure).status().code())
                .isEqualTo(3);
        assertThat(lake.sql("SELECT * FROM cost_report_daily")).isEmpty();
        assertThat(lake.sql("SELECT day, billed_cost FROM billed_cost_monthly"))
                .containsExactly("2026-03-01 | 3.000000000000000000");

        deliver("fx_rate", RATES + "EUR,USD,2,2026-03-01,2026-03-04,ECB,2026-03-05\n");
        run("2027-01-01", OF_BILLS);
        assertThat(reported())
                .containsExactly(
                        "2026-03-01 | 2.000000000000000000",
                        "2026-03-02 | 2.000000000000000000",
                        "2026-03-03 | 2.000000000000000000");
    }

    @Test
    void aRateThatIsKnownLaterChangesExactlyItsDaysOnceItIsKnown() {
        deliverBill();
        deliver("fx_rate", RATES + "EUR,USD,2,2026-03-01,2026-03-04,ECB,2026-03-05\n");
        run("2026-03-08", OF_BILLS);
        deliver("fx_rate", RATES + "EUR,USD,5,2026-03-02,2026-03-03,ECB,2026-03-10\n");
        long before = lake.lake().table(CostReportDaily.TABLE).version();

        run("2026-03-09", OF_BILLS);
        assertThat(lake.lake().table(CostReportDaily.TABLE).version()).isEqualTo(before);
        run("2026-03-11", OF_BILLS);

        assertThat(changed(CostReportDaily.TABLE, before)).containsExactly(SECOND_OF_MARCH);
        assertThat(reported())
                .containsExactly(
                        "2026-03-01 | 2.000000000000000000",
                        "2026-03-02 | 5.000000000000000000",
                        "2026-03-03 | 2.000000000000000000");
    }

    @Test
    void aBillChangesExactlyTheMonthsOfItsDays() {
        deliverBill();
        run("2027-01-01", OF_MONTHS);
        long before = lake.lake().table(CostPerTokenMonthly.TABLE).version();
        deliver("cost", BILLS + "P,a,c,2026-04-01,2026-05-01,2026-04-10,2026-04-12,Usage,5,4,EUR\n");
        run("2027-01-01", OF_MONTHS);

        assertThat(changed(CostPerTokenMonthly.TABLE, before))
                .contains(LocalDate.parse("2026-04-01"))
                .allMatch(day -> day.getMonth() == Month.APRIL);
        assertThat(lake.sql("SELECT month, whole_billed_cost, whole_bill_cost FROM cost_per_token_monthly"))
                .containsExactly(
                        "2026-03-01 | 3.000000000000000000 | 3.000000000000000000",
                        "2026-04-01 | 5.000000000000000000 | 4.000000000000000000");
    }

    /** Two GPUs for 24 h. */
    @Test
    void aPriceThatIsKnownLaterChangesExactlyItsDaysOnceItIsKnown() {
        deliver("cluster", "cluster,provider,region,accelerator,installed_gpus\nc,P,r,H100,2\n");
        deliverTokens();
        deliver("price", PRICES + "P,rate_card,gpu_hour,1,USD,2026-01-01,,2026-01-01\n");
        run("2026-03-08", OF_PRICES);
        deliver("price", PRICES + "P,rate_card,gpu_hour,3,USD,2026-03-02,2026-03-03,2026-03-10\n");
        long before = lake.lake().table(CostPerTokenDaily.TABLE).version();

        run("2026-03-09", OF_PRICES);
        assertThat(lake.lake().table(CostPerTokenDaily.TABLE).version()).isEqualTo(before);
        run("2026-03-11", OF_PRICES);

        assertThat(changed(CostPerTokenDaily.TABLE, before)).containsExactly(SECOND_OF_MARCH);
        assertThat(lake.sql("SELECT day, cost_basis, cost, cost_per_million_tokens FROM cost_per_token_daily"))
                .containsExactly(
                        "2026-03-01 | rate_card | 48.000000000000000000 | 48.0",
                        "2026-03-02 | rate_card | 144.000000000000000000 | 144.0",
                        "2026-03-03 | rate_card | 48.000000000000000000 | 48.0");
    }

    @Test
    void aListPriceThatIsKnownLaterChangesExactlyItsDaysOnceItIsKnown() {
        deliverTokens();
        run("2026-03-08", OF_LIST_PRICES);
        deliver("price", LIST_PRICES + "S,m,uncached_input,list,million_tokens,2,USD,2026-01-01,,2026-03-08\n");
        run("2026-03-08", OF_LIST_PRICES);
        assertThat(listed())
                .containsExactly(
                        "2026-03-01 | S | 2.000000000000000000",
                        "2026-03-02 | S | 2.000000000000000000",
                        "2026-03-03 | S | 2.000000000000000000");
        deliver(
                "price",
                LIST_PRICES + "S,m,uncached_input,list,million_tokens,5,USD,2026-03-02,2026-03-03,2026-03-10\n");
        long before = lake.lake().table(TokenListPriceDaily.TABLE).version();

        run("2026-03-09", OF_LIST_PRICES);
        assertThat(lake.lake().table(TokenListPriceDaily.TABLE).version()).isEqualTo(before);
        run("2026-03-11", OF_LIST_PRICES);

        assertThat(changed(TokenListPriceDaily.TABLE, before)).containsExactly(SECOND_OF_MARCH);
        assertThat(listed())
                .containsExactly(
                        "2026-03-01 | S | 2.000000000000000000",
                        "2026-03-02 | S | 5.000000000000000000",
                        "2026-03-03 | S | 2.000000000000000000");
    }

    private void deliverTokens() {
        deliver("token_usage", """
                provider,cluster,model,started_at,ended_at,request_count,uncached_input_tokens,output_tokens
                P,c,m,2026-03-01T00:00:00Z,2026-03-04T00:00:00Z,3,3000000,0
                """);
    }

    private List<String> listed() {
        return lake.sql("SELECT day, seller, list_cost FROM token_list_price_daily");
    }

    private void deliverBill() {
        deliver("cost", BILLS + "P,a,c,2026-03-01,2026-04-01,2026-03-01,2026-03-04,Usage,3,3,EUR\n");
    }

    private void deliver(String target, String content) {
        lake.deliver("%s/%d.csv".formatted(target, content.hashCode()), content);
        lake.ingest(SOURCE.formatted(target));
    }

    private void run(String asOf, List<Job> jobs) {
        var runner =
                new Runner(lake.lake(), Instant.parse(asOf + "T00:00:00Z"), "run-" + asOf, "test", Settings.DEFAULT);
        Concurrently.inTurn(Plan.of(jobs).jobs(), Plan::readsFrom, runner::run);
    }

    private List<String> reported() {
        return lake.sql("SELECT day, report_cost FROM cost_report_daily");
    }

    private Set<LocalDate> changed(Table table, long since) {
        return lake.lake().table(table).changesSince(since).orElseThrow().days();
    }
}
