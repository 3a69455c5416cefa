package io.headroom.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class StorageFaultTest {

    @Test
    void aFullDiskIsFoundAmongTheCausesOfAFailure() {
        var failure = new IllegalStateException(
                "Job aborted", new UncheckedIOException(new IOException("No space left on device")));

        assertThat(StorageFault.told(failure))
                .hasValueSatisfying(said -> assertThat(said)
                        .contains("there is no room to write", "No space left on device")
                        .contains("Make room", "run the same command again"));
    }

    @Test
    void onlyTheLineThatTellsIsQuoted() {
        var failure =
                new IllegalStateException("Task 0 failed:\njava.io.IOException: File too large\n\tat Writer.java");

        assertThat(StorageFault.told(failure))
                .hasValueSatisfying(said -> assertThat(said)
                        .contains("(java.io.IOException: File too large)")
                        .doesNotContain("at Writer"));
    }

    @Test
    void whatMayNotBeWrittenIsTold() {
        assertThat(StorageFault.told(new UncheckedIOException(
                        new FileNotFoundException("/lake/mart/x.parquet (Read-only file system)"))))
                .hasValueSatisfying(said -> assertThat(said).contains("may not be written", "/lake/mart/x.parquet"));
    }

    @Test
    void compressionThatCannotBeUnpackedIsToldFromItsName() {
        var failure = new IllegalStateException(
                "Task failed", new NoClassDefFoundError("Could not initialize class org.xerial.snappy.Snappy"));

        assertThat(StorageFault.told(failure))
                .hasValueSatisfying(said -> assertThat(said).contains("temporary files", "java.io.tmpdir"));
    }

    @Test
    void anyOtherFailureIsNone() {
        assertThat(StorageFault.told(new IllegalStateException("An index is out of range")))
                .isEmpty();
    }
}
