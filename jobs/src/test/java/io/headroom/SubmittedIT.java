package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application jar by spark-submit, in processes of its own that see just what Spark and Delta bring. */
class SubmittedIT {

    private static final String HEADER = "meter_id,sampled_at,scope,power_w\n";
    private static final String GOOD = HEADER + "m1,2026-03-01T00:00:00Z,rack,100\n";

    @TempDir
    static Path folder;

    @BeforeAll
    static void deliver() throws IOException {
        write("landing/meters/good.csv", GOOD);
        write("meters.yml", "name: meters\nextends: power_sample/plain_csv\nfiles: meters/*.csv\n");
        write("footers.yml", "name: footers\nextends: power_sample/plain_parquet\nfiles: meters/*.parquet\n");
        write("headroom.yml", "lake: lake\nlanding: landing\nsources: [meters.yml]\n");
        write("both.yml", "lake: lake\nlanding: landing\nsources: [meters.yml, footers.yml]\n");
    }

    @Test
    void theProcessTellsByItsExitCodeWhatBecameOfTheData() throws Exception {
        assertThat(submitted("job", "staging", "--conf", conf("headroom.yml")).code())
                .isZero();
        write("landing/meters/cut.csv", HEADER + "m2,2026-03-01T00:00:00Z,rack,200\nm3,2026-03-01T00:0");
        write("landing/meters/header.csv", GOOD.replace("power_w", "watts"));
        write("landing/meters/empty.csv", "");
        write("landing/meters/footer.parquet", "PAR1 and no footer");

        HeadroomProcess.Ended refusing = submitted("job", "staging", "--conf", conf("both.yml"));
        HeadroomProcess.Ended query = submitted("sql", "--conf", conf("both.yml"), """
                SELECT d.path, d.accepted_rows, size(r.reasons) AS reasons
                FROM staging.delivery d LEFT JOIN staging.rejected r ON d.path = r.path AND d.source = r.source
                ORDER BY 1""");

        assertThat(refusing.code()).as(refusing.err()).isEqualTo(3);
        assertThat(refusing.err())
                .contains("Some data of meters, footers was refused; everything else was done."
                        + " First: meters/footer.parquet: The file is not Parquet or was cut off: ");
        assertThat(query.out()).isEqualTo("""
                path,accepted_rows,reasons
                meters/cut.csv,1,1
                meters/empty.csv,0,1
                meters/footer.parquet,0,1
                meters/good.csv,1,
                meters/header.csv,0,1
                """);
    }

    @Test
    void aProcessThatIsToldToStopEndsAsOneToTryAgain() throws Exception {
        write("stopped.yml", "lake: stopped\nlanding: landing\nsources: [meters.yml]\n");
        HeadroomProcess process = HeadroomProcess.submit(folder, "run", "--conf", conf("stopped.yml"));
        assertThat(process.awaitProgress("… lake file:" + folder.resolve("stopped")))
                .isTrue();

        process.terminate();

        HeadroomProcess.Ended ended = process.ended();
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains("Stopped before its end").doesNotContain("does not know");
        assertThat(folder.resolve("stopped/_lock")).doesNotExist();
    }

    @Test
    void aWrongCommandIsToldFromBadData() throws Exception {
        assertThat(submitted("job", "mart.cost_dayly", "--conf", conf("headroom.yml"))
                        .code())
                .isEqualTo(2);
    }

    private static HeadroomProcess.Ended submitted(String... arguments) throws InterruptedException {
        return HeadroomProcess.submit(folder, arguments).ended();
    }

    private static String conf(String name) {
        return folder.resolve(name).toString();
    }

    private static void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
