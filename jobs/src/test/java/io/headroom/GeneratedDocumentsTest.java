package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.cli.Headroom;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedDocumentsTest {

    @ParameterizedTest
    @CsvSource({"--dictionary, data/README.md", "--json, conf/airflow/plan.json"})
    void isWhatTheCommandPrints(String option, String document) throws IOException {
        var out = new StringWriter();

        int code = Headroom.execute(
                Clock.systemUTC(), new PrintWriter(out, true), new PrintWriter(new StringWriter()), "list", option);

        assertThat(code).isZero();
        assertThat(Files.readString(home().resolve(document)))
                .as("%s is stale; run ./headroom list %s > %s", document, option, document)
                .isEqualTo(out.toString());
    }

    private static Path home() {
        return Path.of(System.getProperty("headroom.home"));
    }
}
