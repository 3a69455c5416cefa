package io.headroom.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.LakeFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerRulesTest {

    @TempDir
    private Path folder;

    @Test
    void aQualifierThatIsUnknownIsRefused() {
        var lake = new LakeFixture(folder);
        lake.deliver("milestone/a.csv", """
                milestone_id,provider,state,mw,mw_basis,mw_qualifier,accelerators,accelerators_qualifier,confidence,known_at,source_url
                m1,own,energised,10,it,about,5,at_least,signed,2026-03-01T00:00:00Z,x
                m2,own,energised,10,it,,,,signed,2026-03-01T00:00:00Z,x
                m3,own,energised,10,it,~,5,some,signed,2026-03-01T00:00:00Z,x
                """);
        lake.deliver("term/a.csv", """
                contract_id,term_id,provider,term,amount,currency,amount_qualifier,mw,mw_qualifier,status,confidence,known_at,source_url
                c1,t1,own,capacity,1,USD,up_to,10,about,in_force,signed,2026-03-01T00:00:00Z,x
                c2,t1,own,capacity,1,USD,~,10,~,in_force,signed,2026-03-01T00:00:00Z,x
                """);

        lake.ingest("name: milestones\nextends: capacity_milestone/plain_csv\nfiles: milestone/*\n");
        lake.ingest("name: terms\nextends: contract_term/plain_csv\nfiles: term/*\n");

        assertThat(lake.sql("SELECT milestone_id FROM capacity_milestone ORDER BY 1"))
                .containsExactly("m1", "m2");
        assertThat(lake.sql("SELECT contract_id FROM contract_term")).containsExactly("c1");
        assertThat(lake.sql("SELECT source, line, reasons FROM rejected ORDER BY source"))
                .containsExactly(
                        "milestones | 4 | [mw_qualifier is unknown, accelerators_qualifier is unknown]",
                        "terms | 3 | [amount_qualifier is unknown, mw_qualifier is unknown]");
    }
}
