package io.headroom.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates, prices, assets and times of prefill and decode that nobody could use. */
class CostRulesTest {

    @TempDir
    private Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void aRateIsOfTwoCurrenciesAndAboveZero() {
        assertThat(refused("fx_rate", """
                base_currency,quote_currency,rate,valid_from,valid_to,publisher
                EUR,USD,1.1,2026-03-01,2026-03-02,ECB
                EUR,EUR,1,2026-03-01,2026-03-02,ECB
                EUR,USD,0,2026-03-02,2026-03-02,ECB
                EUR,US,1.1,2026-03-01,2026-03-02,ECB
                """))
                .containsExactly(
                        "3 | [a currency is priced in itself]",
                        "4 | [rate is not positive, valid_to is not after valid_from]",
                        "5 | [quote_currency is not an ISO 4217 code]");
    }

    @Test
    void aPriceOfTokensTellsTheirBucketAndNoOtherDoes() {
        assertThat(refused("price", """
                provider,pricing_category,model,token_type,unit,unit_price,currency,valid_from
                p,list,m,output,million_tokens,1,USD,2026-01-01
                p,list,m,,million_tokens,1,USD,2026-01-01
                p,list,,output,gpu_hour,1,USD,2026-01-01
                p,list,,,cluster_month,-1,USD,2026-01-01
                """))
                .containsExactly(
                        "3 | [token_type is told of what is no token, or not told of tokens]",
                        "4 | [token_type is told of what is no token, or not told of tokens]",
                        "5 | [unit_price is negative]");
    }

    @Test
    void anAssetIsWorthNoMoreAtItsEndThanItCost() {
        assertThat(refused("asset", """
                asset_id,provider,kind,cost,salvage_value,currency,in_service_from,life_ends_at
                a,p,it,10,,USD,2026-01-01,2031-01-01
                b,p,it,10,11,USD,2026-01-01,2031-01-01
                c,p,land,10,1,USD,2031-01-01,2026-01-01
                """))
                .containsExactly(
                        "3 | [salvage_value is not between 0 and cost]",
                        "4 | [kind is unknown, life_ends_at is not after in_service_from]");
    }

    @Test
    void timesOfPrefillAndDecodeAreOptionalAndNotNegative() {
        assertThat(refused("token_usage", """
                cluster,model,started_at,ended_at,request_count,uncached_input_tokens,output_tokens,prefill_s,decode_s
                c,m,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,1,1,1,,
                c,m,2026-03-01T01:00:00Z,2026-03-01T02:00:00Z,1,1,1,0,2.5
                c,m,2026-03-01T02:00:00Z,2026-03-01T03:00:00Z,1,1,1,,-1
                c,m,2026-03-01T03:00:00Z,2026-03-01T04:00:00Z,1,1,1,-0.1,1
                """))
                .containsExactly("4 | [prefill_s or decode_s is negative]", "5 | [prefill_s or decode_s is negative]");
        assertThat(lake.sql("SELECT prefill_s, decode_s FROM token_usage")).containsExactly("0.0 | 2.5", "null | null");
    }

    private List<String> refused(String target, String content) {
        lake.deliver(target + "/a.csv", content);
        lake.ingest("name: %1$s\nextends: %1$s/plain_csv\nfiles: %1$s/*\ntolerated_rejects: 1\n".formatted(target));
        return lake.sql("SELECT line, reasons FROM rejected");
    }
}
