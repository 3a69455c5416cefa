package io.headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class HelpCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void tellsWhatAPresetReads() {
        assertThat(headroom("help", "gpu_sample/dcgm_exporter")).isZero();
        assertThat(out.toString().lines())
                .startsWith("gpu_sample/dcgm_exporter: fills staging.gpu_sample from prometheus.")
                .contains("  gpu_util_scale: 'auto'", "Columns that it may have:", "  UUID", "  other metric")
                .anySatisfy(line -> assertThat(line).startsWith("Scrapes of dcgm-exporter as text"));
    }

    @Test
    void suggestsAPresetForOneThatIsMisspelt() {
        assertThat(headroom("help", "gpu_sample/dcgm_exportr")).isEqualTo(2);
        assertThat(errors.toString()).contains("Did you mean 'gpu_sample/dcgm_exporter'?");
    }

    private int headroom(String... arguments) {
        return Headroom.execute(
                Clock.systemUTC(), new PrintWriter(out, true), new PrintWriter(errors, true), arguments);
    }
}
