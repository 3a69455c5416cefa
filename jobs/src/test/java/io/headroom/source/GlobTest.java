package io.headroom.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/*.csv            | a/b.csv         | true",
                "a/*.csv            | a/b/c.csv       | false",
                "a/**/*.csv         | a/b.csv         | true",
                "a/**/*.csv         | a/b/c/d.csv     | true",
                "a/**               | a/b/c.csv       | true",
                "a/?.csv            | a/é.csv         | true",
                "a/?.csv            | a/bb.csv        | false",
                "a/[b-d].csv        | a/c.csv         | true",
                "a/[!b-d].csv       | a/c.csv         | false",
                "a/{b,c*}.{csv,gz}  | a/cd.gz         | true",
                "a/{b,c}.csv        | a/d.csv         | false",
                "a/b.csv            | a/bxcsv         | false",
                "a/(b)+$.csv        | a/(b)+$.csv     | true"
            })
    void matches(String glob, String path, boolean isMatch) {
        assertThat(Glob.of(glob).matches(path)).isEqualTo(isMatch);
    }
}
