package io.headroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.TestSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmark measures is done: small bills are allocated in every way and tie to their invoices. */
class CostBenchTest {

    private static final long LINES = 20_000;

    @TempDir
    Path folder;

    @Test
    void billsTieToTheirInvoices() throws Exception {
        TestSpark.session();
        Workplace place = Workplace.in(folder);
        Path landing = place.path("landing");
        Path lake = place.emptyLake();
        Path conf = new CostBench(place, 1).prepare(landing, LINES);

        place.runHere(conf, landing, lake, CostBench.WORK);

        assertThat(CostBench.told(lake, LINES)).startsWith("12 invoices reconciled to the last decimal");
    }
}
