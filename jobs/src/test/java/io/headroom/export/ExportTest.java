package io.headroom.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.TestSpark;
import io.headroom.failure.Failure;
import io.headroom.lake.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the folder that an export writes to. */
class ExportTest {

    private static final String ONE = "SELECT 1 AS x";
    private static final String TWO = "SELECT * FROM VALUES (3), (2) AS line (x)";

    @TempDir
    Path parent;

    @Test
    void aFolderHoldsTheFileAndWhatItWasMadeOf() throws IOException {
        Export.Written written = write(Format.CSV, false, TWO);

        assertThat(written.rows()).isEqualTo(2);
        assertThat(entries(out())).containsExactly("_headroom_export.json", "mart.thing.csv");
        assertThat(Files.readString(out().resolve("mart.thing.csv"))).isEqualTo("x\r\n2\r\n3\r\n");
        assertThat(Marker.parse(Files.readString(out().resolve(Marker.NAME))))
                .contains(new Marker("mart.thing", "all", "1.0", Map.of("mart.thing", 7L), List.of("mart.thing.csv")));
        assertThat(entries(parent)).containsExactly("out");
    }

    @Test
    void parquetOfFewRowsIsOneFileThatSparkReads() throws IOException {
        Export.Written written = write(Format.PARQUET, false, TWO + " DISTRIBUTE BY x");

        assertThat(written.rows()).isEqualTo(2);
        assertThat(entries(out())).filteredOn(name -> name.endsWith(".parquet")).hasSize(1);
        assertThat(TestSpark.session().read().parquet(out().toString()).collectAsList())
                .extracting(row -> row.getInt(0))
                .containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void parquetTellsInstantsInUtc() throws IOException {
        write(Format.PARQUET, false, "SELECT TIMESTAMP'2026-10-01 00:00:00' AS x");

        String file = entries(out()).stream()
                .filter(name -> name.endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        var path = new org.apache.hadoop.fs.Path(out().resolve(file).toUri());
        try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
            assertThat(reader.getFileMetaData().getSchema().toString()).contains("int64 x (TIMESTAMP(MICROS,true))");
        }
    }

    @Test
    void anEmptyFolderIsFilled() throws IOException {
        Files.createDirectories(out());

        write(Format.CSV, false, ONE);

        assertThat(entries(out())).contains("mart.thing.csv");
    }

    @Test
    void anEarlierExportGivesWayOnRequestOnly() throws IOException {
        write(Format.PARQUET, false, TWO);
        List<String> before = entries(out());

        refused(false, "is not empty", "--overwrite");
        assertThat(entries(out())).isEqualTo(before);

        write(Format.CSV, true, ONE);
        assertThat(entries(out())).containsExactly("_headroom_export.json", "mart.thing.csv");
        assertThat(Files.readString(out().resolve("mart.thing.csv"))).isEqualTo("x\r\n1\r\n");
        assertThat(entries(parent)).containsExactly("out");
    }

    @Test
    void whatNoExportWroteIsNeverRemoved() throws IOException {
        write(Format.CSV, false, ONE);
        Files.writeString(out().resolve("mine.txt"), "dear");

        refused(true, "holds mine.txt, which no export wrote");

        assertThat(Files.readString(out().resolve("mine.txt"))).isEqualTo("dear");
        assertThat(entries(out())).containsExactly("_headroom_export.json", "mart.thing.csv", "mine.txt");

        Files.delete(out().resolve(Marker.NAME));
        refused(true, "holds mart.thing.csv, which no export wrote");
        assertThat(entries(parent)).containsExactly("out");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Files.writeString(out(), "dear");

        refused(true, "is a file");

        assertThat(Files.readString(out())).isEqualTo("dear");
    }

    @Test
    void anExportThatFailsLeavesTheFolderAsItWas() throws IOException {
        write(Format.CSV, false, ONE);

        for (Format format : Format.values()) {
            assertThatThrownBy(() -> write(format, true, "SELECT raise_error('broken') AS x"))
                    .hasMessageContaining("broken");
            assertThat(Files.readString(out().resolve("mart.thing.csv"))).isEqualTo("x\r\n1\r\n");
            assertThat(entries(parent)).containsExactly("out");
        }
    }

    @Test
    void whatADeadExportLeftIsClearedUp() throws IOException {
        write(Format.CSV, false, ONE);
        Files.move(out(), parent.resolve(".out.headroom-replaced"));
        Files.createDirectories(parent.resolve(".out.headroom-writing/half"));

        refused(false, "is not empty");
        assertThat(Files.readString(out().resolve("mart.thing.csv")))
                .as("what it had moved aside and not replaced is back")
                .isEqualTo("x\r\n1\r\n");

        write(Format.CSV, true, TWO);
        assertThat(Files.readString(out().resolve("mart.thing.csv"))).isEqualTo("x\r\n2\r\n3\r\n");
        assertThat(entries(parent)).containsExactly("out");
    }

    private void refused(boolean mayReplace, String... message) {
        assertThatThrownBy(() -> write(Format.CSV, mayReplace, ONE))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.status()).isEqualTo(Failure.Status.WRONG_COMMAND))
                .hasMessageContainingAll(message);
    }

    private Export.Written write(Format format, boolean mayReplace, String query) {
        var target = Location.at(TestSpark.session(), out().toString(), "The folder");
        var selected = new Selected(
                "mart.thing", TestSpark.session().sql(query), Optional.empty(), Map.of("mart.thing", 7L), "1.0");
        return new Export(target, format, mayReplace, false).write(selected);
    }

    private Path out() {
        return parent.resolve("out");
    }

    /** Names in a folder, without the checksums that the local file system keeps. */
    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .sorted()
                    .toList();
        }
    }
}
