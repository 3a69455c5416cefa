package io.headroom.staging.fx_rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EcbTest {

    private static final String SOURCE = """
            name: ecb
            extends: fx_rate/ecb_csv
            files: ecb/*
            """;
    private static final String RATES =
            "SELECT base_currency, quote_currency, CAST(rate AS DOUBLE), valid_from, valid_to, publisher, known_at FROM fx_rate";

    @TempDir
    Path folder;

    private LakeFixture lake;

    @BeforeEach
    void openLake() {
        lake = new LakeFixture(folder);
    }

    /** 6 March 2026 is a Friday, 9 March a Monday. */
    @Test
    void aRateHoldsUntilTheNextPublicationAndTheLastUntilOneMayCome() {
        lake.deliver("ecb/eurofxref-hist.csv", """
                Date,USD,JPY,CYP,TRY,
                2026-03-09,1.1652,184.23,N/A,N/A,
                2026-03-06,1.1561,182.51,N/A,51.2,
                1999-12-31,1.0046,102.73,0.57667,N/A,
                """);

        lake.ingest(SOURCE);

        assertThat(lake.sql(RATES))
                .containsExactly(
                        "EUR | JPY | 182.51 | 2026-03-06 00:00:00.0 | 2026-03-09 00:00:00.0 | ECB | 2026-03-06 16:00:00.0",
                        "EUR | JPY | 184.23 | 2026-03-09 00:00:00.0 | 2026-03-14 00:00:00.0 | ECB | 2026-03-09 16:00:00.0",
                        "EUR | TRY | 51.2 | 2026-03-06 00:00:00.0 | 2026-03-09 00:00:00.0 | ECB | 2026-03-06 16:00:00.0",
                        "EUR | USD | 1.1561 | 2026-03-06 00:00:00.0 | 2026-03-09 00:00:00.0 | ECB | 2026-03-06 16:00:00.0",
                        "EUR | USD | 1.1652 | 2026-03-09 00:00:00.0 | 2026-03-14 00:00:00.0 | ECB | 2026-03-09 16:00:00.0");
        assertThat(lake.sql("SELECT read_records, skipped_records, received_rows, rejected_rows FROM delivery"))
                .containsExactly("3 | 1 | 5 | 0");
        assertThat(lake.brokenEquations()).isEmpty();
    }

    @Test
    void aNewerHistoryReplacesTheEarlierWhole() {
        lake.deliver("ecb/eurofxref-hist.csv", "Date,USD,\n2026-03-06,1.1561,\n");
        lake.ingest(SOURCE);
        assertThat(lake.sql("SELECT valid_from, valid_to FROM fx_rate"))
                .containsExactly("2026-03-06 00:00:00.0 | 2026-03-11 00:00:00.0");
        lake.deliver("ecb/eurofxref-hist.csv", "Date,USD,\n2026-03-10,1.1652,\n2026-03-06,1.1561,\n");

        lake.ingest(SOURCE);

        assertThat(lake.sql("SELECT valid_from, valid_to FROM fx_rate"))
                .containsExactly(
                        "2026-03-06 00:00:00.0 | 2026-03-10 00:00:00.0",
                        "2026-03-10 00:00:00.0 | 2026-03-15 00:00:00.0");
    }

    @Test
    void aDateThatIsNoneIsRefusedWithAReason() {
        lake.deliver("ecb/eurofxref-hist.csv", "Date,USD,\n9 March 2026,1.1652,\n2026-03-06,1.1561,\n");

        lake.ingest(SOURCE + "tolerated_rejects: 1\n");

        assertThat(lake.sql("SELECT line, reasons[0] FROM rejected"))
                .containsExactly("2 | valid_from is not an instant: 9 March 2026");
        assertThat(lake.sql("SELECT valid_from FROM fx_rate")).containsExactly("2026-03-06 00:00:00.0");
    }
}
