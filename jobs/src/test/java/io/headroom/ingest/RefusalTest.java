package io.headroom.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.LakeFixture;
import io.headroom.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    @Test
    void aKnownTimeThatCannotBeReadIsRefused() {
        lake.deliver(
                "meters/a.csv", "meter_id,sampled_at,scope,power_w,known_at\nm1,2026-03-01T00:00:00Z,rack,1,soon\n");

        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql("SELECT reasons FROM rejected")).containsExactly("[known_at is not an instant: soon]");
        assertThat(lake.sql(Meters.ALL)).isEmpty();
    }

    @Test
    void aTimeWithoutItsDayIsRefused() {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,12:30:00,rack,1\n");

        lake.ingest(Meters.SOURCE);

        assertThat(lake.sql("SELECT reasons[0] FROM rejected"))
                .containsExactly("sampled_at is not an instant: 12:30:00");
    }

    @Test
    void moneyThatNeedsMoreDecimalsIsRefused() {
        lake.deliver("bills/one.csv", Bills.of("2026-01", "0.0000000000000000001", "1E-18", "0.10000000000000000000"));
        lake.ingest(Bills.SOURCE);

        assertThat(lake.sql("SELECT CAST(billed_cost AS STRING) FROM cost"))
                .containsExactly("0.000000000000000001", "0.100000000000000000");
        assertThat(lake.sql("SELECT reasons[0] FROM rejected"))
                .containsExactly(
                        "billed_cost is not an amount of at most 20 digits and 18 decimals: 0.0000000000000000001");
    }

    @Test
    void aFileOnWhichTheMappingFailsIsRefusedAndTheOthersAreNot() {
        String strict = Meters.SOURCE
                + "select: SELECT record, meter_id, sampled_at, scope, CAST(power_w AS DOUBLE) * 1000 AS power_w FROM landed\n";
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.deliver("meters/b.csv", Meters.HEADER + "m2,2026-03-01T00:00:00Z,rack,n/a\n");
        lake.deliver("meters/c.csv", Meters.HEADER + "m3,2026-03-01T00:00:00Z,rack,3\n");

        List<SourceSummary> summaries = lake.ingest(strict);

        assertThat(summaries).allMatch(SourceSummary::isIntolerable);
        assertThat(lake.sql(Meters.ALL)).containsExactly("m1 | 1000.0 | meters/a.csv", "m3 | 3000.0 | meters/c.csv");
        assertThat(lake.sql("SELECT path, reasons[0] LIKE 'The mapping fails on the file: %n/a%' FROM rejected"))
                .containsExactly("meters/b.csv | true");
    }

    @Test
    void anEarlierAsOfIsRefusedOnALakeThatKnowsMore() {
        lake.deliver("meters/a.csv", Meters.HEADER + "m1,2026-03-01T00:00:00Z,rack,1\n");
        lake.ingest(Meters.SOURCE);

        lake.asOf("2026-03-01T00:01:00Z");
        lake.ingest(Meters.SOURCE);
        lake.asOf("2026-03-01T00:00:59Z");

        assertThatThrownBy(() -> lake.ingest(Meters.SOURCE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(
                        "known at 2026-03-01T00:01:00Z, after the as-of of this run, 2026-03-01T00:00:59Z");
    }
}
