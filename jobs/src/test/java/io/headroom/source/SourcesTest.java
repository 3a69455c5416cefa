package io.headroom.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.LakeFixture;
import io.headroom.failure.Failure;
import org.junit.jupiter.api.Test;

class SourcesTest {

    private static final String METERS = """
            name: meters
            extends: power_sample/plain_csv
            files: meters/*
            """;

    @Test
    void aSelectSeesNothingButItsFile() {
        assertThatThrownBy(() -> LakeFixture.source(METERS + "select: SELECT record FROM delivery\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("reads the table delivery");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "select: SELECT reflect('a', 'b') FROM landed\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("calls reflect");
        assertThatThrownBy(() ->
                        LakeFixture.source(METERS + "select: SELECT (SELECT 1 FROM parquet.`/etc`) FROM landed\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("reads the table parquet");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "selct: SELECT record FROM landed\n"))
                .hasMessageContaining("Did you mean 'select'?");
        assertThatThrownBy(() -> LakeFixture.source(METERS.replace("extends", "extend")))
                .hasMessageContaining("Did you mean 'extends'?");
        assertThatThrownBy(() -> LakeFixture.source(METERS.replace("name: meters", "")))
                .hasMessageContaining("lacks the key 'name'");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "select: SELECT record, current_timestamp FROM landed\n"))
                .hasMessageContaining("calls current_timestamp");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "skip: {x: 'EXISTS (SELECT 1 FROM json.`/etc/x`)'}\n"))
                .hasMessageContaining("has a subquery");
        assertThatThrownBy(() -> LakeFixture.source(METERS + "identity: {slice: [meterid]}\n"))
                .hasMessageContaining("Did you mean 'meter_id'?");
        assertThatThrownBy(() -> LakeFixture.source(
                        METERS.replace("power_sample/plain_csv", "cost/plain_csv") + "identity: key\n"))
                .hasMessageContaining("have no key");
        assertThatThrownBy(() -> LakeFixture.source(METERS.replace("meters/*", "'[a'")))
                .hasMessageContaining("never closed");
    }
}
