package io.headroom.export;

import io.headroom.mart.cost_allocated_daily.CostAllocatedDaily;
import io.headroom.mart.cost_per_token_daily.CostPerTokenDaily;
import io.headroom.mart.own_cost_daily.OwnCostDaily;
import io.headroom.mart.token_cost_daily.TokenCostDaily;
import io.headroom.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Cost as FOCUS 1.2 Cost and Usage lines: one SELECT over the marts, of lines whose EffectiveCost adds up to theirs. */
final class FocusLines {

    static final List<Table> READS =
            List.of(CostAllocatedDaily.TABLE, OwnCostDaily.TABLE, CostPerTokenDaily.TABLE, TokenCostDaily.TABLE);

    /** Its columns are those of FOCUS in order, the own ones, and the day. */
    static final String SELECT = select();

    private FocusLines() {}

    private static String select() {
        try (InputStream in = FocusLines.class.getResourceAsStream("focus.sql")) {
            if (in == null) {
                throw new IllegalStateException(
                        "No focus.sql on the class path. Build Headroom again: its jar is incomplete.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
