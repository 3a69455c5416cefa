package io.headroom.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of CSV files, to the last character. */
class CsvFileTest {

    @Test
    void textIsQuotedWhereItMustBeAndUnknownIsNotEmpty() throws IOException {
        assertThat(csv(false, """
                SELECT * FROM VALUES ('plain', 1), ('a,b', 2), ('say "x"', 3), ('two\\nlines', 4), ('a\\rb', 5), ('', 6), (NULL, 7),
                  (' edge ', 8), ('ä€😀', NULL) AS line (name, number)
                """))
                .isEqualTo("""
                name,number
                plain,1
                "a,b",2
                "say ""x""\",3
                "two\\nlines",4
                "a\\rb",5
                "",6
                ,7
                 edge ,8
                ä€😀,
                """.replace("\n", "\r\n").replace("\\n", "\n").replace("\\r", "\r"));
    }

    @Test
    void aTableWithoutRowsHasAHeader() throws IOException {
        assertThat(csv(false, "SELECT 1 AS one, 'x' AS `a,b` WHERE false")).isEqualTo("one,\"a,b\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                CAST(0 AS DECIMAL(38, 18))                  | 0
                CAST(12.5 AS DECIMAL(38, 18))               | 12.5
                CAST(-1200 AS DECIMAL(38, 18))              | -1200
                CAST('0.000000000000000001' AS DECIMAL(38, 18)) | 0.000000000000000001
                1e21D                                       | 1000000000000000000000
                1e-7D                                       | 0.0000001
                0.1D                                        | 0.1
                CAST('NaN' AS DOUBLE)                       | NaN
                9223372036854775807                         | 9223372036854775807
                true                                        | true
                DATE'2026-10-01'                            | 2026-10-01
                TIMESTAMP'2026-10-01 00:00:00'              | 2026-10-01T00:00:00Z
                TIMESTAMP'2026-10-01 12:30:00.5'            | 2026-10-01T12:30:00.500Z
                array('a', NULL)                            | '"[""a"",null]"'
                array(1.5D, CAST('NaN' AS DOUBLE))          | '"[1.5,""NaN""]"'
                map('b', '2', 'a', '1')                     | '"{""a"":""1"",""b"":""2""}"'
                map('a', CAST(0 AS DECIMAL(20, 6)))         | '"{""a"":0}"'
                map('a', 1000000L)                          | '"{""a"":1000000}"'
                """)
    void everyProgramReadsAValueAlike(String value, String expected) throws IOException {
        assertThat(csv(false, "SELECT %s AS value".formatted(value))).isEqualTo("value\r\n" + expected + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@sum", "  =1", "\u00a0=1", "＝1", "\t1"})
    void aFormulaIsMadePlainForASpreadsheetOnly(String formula) throws IOException {
        String query = "SELECT '%s' AS name, -5 AS number, 'a=b' AS other".formatted(formula);

        assertThat(csv(true, query)).isEqualTo("\ufeffname,number,other\r\n'" + formula + ",-5,a=b\r\n");
        assertThat(csv(false, query)).isEqualTo("name,number,other\r\n" + formula + ",-5,a=b\r\n");
    }

    private static String csv(boolean isForSpreadsheets, String query) throws IOException {
        var out = new ByteArrayOutputStream();
        new CsvFile(isForSpreadsheets).write(TestSpark.session().sql(query), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
