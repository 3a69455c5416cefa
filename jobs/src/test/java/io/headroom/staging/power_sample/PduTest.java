package io.headroom.staging.power_sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Cases;
import io.headroom.Cases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PduTest {

    @RegisterExtension
    private static final Cases CASES = new Cases();

    private static final String SOURCE = """
            name: pdus
            extends: power_sample/pdu_csv
            files: pdus/*
            parameters: {time_zone: America/New_York, time_format: 'MM/dd/yyyy HH:mm'}
            tolerated_rejects: 1
            """;

    private static final Case FEEDS = CASES.of(SOURCE).deliver("pdus/day.csv", """
                timestamp,pdu,feed,outlet,rack_row,rack,node,power_kw,energy_kwh,ambient
                03/01/2026 00:00,pdu-7,A,,row-1,r7,,31.25,2,24
                03/01/2026 00:00,pdu-7,A,12,row-1,r7,n3,0.4,,24
                03/01/2026 00:00,pdu-7,B,,row-1,r7,,N/A,3.5,24
                2026-03-01T00:15:00Z,pdu-7,A,,row-1,r7,,31,-,24
                """);

    /** New York is five hours behind UTC in March's first week; 2 kWh are 7200000 J. */
    @Test
    void feedsAndOutletsAreMeters() {
        assertThat(
                        FEEDS.sql(
                                "SELECT sampled_at, meter_id, scope, rack_row, rack, node, power_w, energy_counter_j FROM power_sample"))
                .containsExactly(
                        "2026-03-01 00:15:00.0 | pdu-7/A | rack | row-1 | r7 | null | 31000.0 | null",
                        "2026-03-01 05:00:00.0 | pdu-7/A | rack | row-1 | r7 | null | 31250.0 | 7200000.0",
                        "2026-03-01 05:00:00.0 | pdu-7/A/12 | node | row-1 | r7 | n3 | 400.0 | null",
                        "2026-03-01 05:00:00.0 | pdu-7/B | rack | row-1 | r7 | null | null | 1.26E7");
        assertThat(FEEDS.sql("SELECT explode(quirks) FROM delivery"))
                .containsExactly("literal - | 1", "literal N/A | 1", "undeclared column ambient | 4");
    }

    private static final Case REPEATED_HOUR = CASES.of(SOURCE).deliver("pdus/day.csv", """
                timestamp,pdu,power_w
                11/01/2026 00:30,a,1
                11/01/2026 01:00,a,2
                11/01/2026 01:00,b,12
                11/01/2026 01:30,a,3
                11/01/2026 01:00,a,4
                11/01/2026 01:30,a,5
                11/01/2026 02:00,a,6
                """);

    /** On 1 November 2026 New York's 01:00 to 02:00 comes twice: first at 05:00 UTC, then at 06:00. */
    @Test
    void theRepeatedHourIsReadInTheOrderOfTheFile() {
        assertThat(REPEATED_HOUR.sql("SELECT meter_id, sampled_at, power_w FROM power_sample"))
                .containsExactly(
                        "a | 2026-11-01 04:30:00.0 | 1.0",
                        "a | 2026-11-01 05:00:00.0 | 2.0",
                        "a | 2026-11-01 05:30:00.0 | 3.0",
                        "a | 2026-11-01 06:00:00.0 | 4.0",
                        "a | 2026-11-01 06:30:00.0 | 5.0",
                        "a | 2026-11-01 07:00:00.0 | 6.0",
                        "b | 2026-11-01 05:00:00.0 | 12.0");
        assertThat(REPEATED_HOUR.sql("SELECT explode(quirks) FROM delivery"))
                .containsExactly(
                        "repeated hour of local time, read as the first | 3",
                        "repeated hour of local time, read as the second | 2");
    }

    private static final Case LEFT_OUT_HOUR = CASES.of(SOURCE).deliver("pdus/day.csv", """
                timestamp,pdu,power_w
                03/08/2026 01:59,a,1
                03/08/2026 02:30,a,2
                """);

    /** On 8 March 2026 New York's clocks go from 02:00, which is 07:00 UTC, to 03:00. */
    @Test
    void anHourThatWasLeftOutIsTold() {
        assertThat(LEFT_OUT_HOUR.sql("SELECT sampled_at FROM power_sample"))
                .containsExactly("2026-03-08 06:59:00.0", "2026-03-08 07:30:00.0");
        assertThat(LEFT_OUT_HOUR.sql("SELECT explode(quirks) FROM delivery"))
                .containsExactly("hour that local time leaves out, read as an hour later | 1");
    }

    private static final Case UNREADABLE = CASES.of(SOURCE).deliver("pdus/day.csv", """
                timestamp,pdu,power_kw,energy_kwh
                2026-03-01 00:00,a,1,1
                03/01/2026 00:00,,1,1
                03/01/2026 00:00,a,one,1
                03/01/2026 00:00,a,,
                """);

    @Test
    void whatCannotBeReadIsRefusedByItsText() {
        assertThat(UNREADABLE.sql("SELECT line, reasons FROM rejected"))
                .containsExactly(
                        "2 | [sampled_at is not an instant: timestamp 2026-03-01 00:00]",
                        "3 | [meter_id is missing]",
                        "4 | [power_w is not a number: one kW]",
                        "5 | [neither power_w nor energy_counter_j is told]");
    }
}
