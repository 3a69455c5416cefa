package io.headroom.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every preset has a good file to be broken; that it is good shows in {@link FuzzTest}, which keeps all of its rows. */
class SeedsTest {

    static List<String> presets() {
        return Seeds.presets();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetHasAGoodFile(String preset) {
        Seed seed = new Seeds(preset).file(1);

        assertThat(seed.rows()).isNotEmpty().allSatisfy(row -> assertThat(row).hasSameSizeAs(seed.columns()));
        assertThat(Collections.disjoint(seed.rows(), new Seeds(preset).file(2).rows()))
                .as("rows of two numbers differ, where each record makes one")
                .isEqualTo(seed.isRowPerRecord());
    }
}
