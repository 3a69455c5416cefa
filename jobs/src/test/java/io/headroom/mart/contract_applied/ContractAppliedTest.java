package io.headroom.mart.contract_applied;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.Rows;
import io.headroom.TestInputs;
import io.headroom.staging.cost.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractAppliedTest {

    @Test
    void eachPartOfAChargeByTheKeysOfEitherVersion() {
        assertThat(applied("""
                {"Elements":[
                  {"ContractId":"c","ContractCommitmentId":"spend","ContractCommitmentAppliedCost":0.100000000000000001},
                  {"ContractId":"c","ContractCommitmentId":"hours","ContractCommitmentAppliedQuantity":2.5,
                   "ContractCommitmentAppliedUnit":"Hours"}]}
                """))
                .containsExactlyInAnyOrder(
                        "2026-03-01 | c | spend | USD | 0.100000000000000001 | null | null",
                        "2026-03-01 | c | hours | USD | null | 2.5 | Hours");
        assertThat(applied("""
                {"Elements":[{"contractId":"c","commitmentId":"m","appliedCost":-3,"appliedQuantity":null,"appliedUnit":null}]}
                """)).containsExactly("2026-03-01 | c | m | USD | -3.000000000000000000 | null | null");
        assertThat(applied("""
                {"Elements":[{"ContractID":"c","ContractCommitmentID":"m","ContractCommitmentAppliedCost":"7.5","x_Left":1}]}
                """)).containsExactly("2026-03-01 | c | m | USD | 7.500000000000000000 | null | null");
    }

    @Test
    void aKeyTwiceStopsNothing() {
        assertThat(applied("""
                {"Elements":[{"ContractId":"c","contractId":"d","CommitmentId":"m","appliedUnit":"Hours"}]}
                """)).containsExactly("2026-03-01 | c | m | USD | null | null | Hours");
        assertThat(applied("{\"Elements\":[{\"ContractId\":\"c\",\"ContractId\":\"d\"}]}"))
                .isEmpty();
    }

    @Test
    void whatIsNoListOfPartsGivesNone() {
        assertThat(applied("")).isEmpty();
        assertThat(applied("{\"Elements\":[]}")).isEmpty();
        assertThat(applied("{\"Elements\":[{")).isEmpty();
        assertThat(applied("none")).isEmpty();
    }

    private static List<String> applied(String json) {
        return TestInputs.NONE
                .with(Cost.TABLE, Rows.of(Cost.TABLE, """
                        provider | billing_account_id | billing_currency | contract_applied | day
                        P        | a                  | USD              | %s               | 2026-03-01
                        """.formatted(
                                json.replace("\n", " ").strip())))
                .derived(
                        ContractApplied.JOB,
                        ContractApplied.DAY,
                        ContractApplied.CONTRACT_ID,
                        ContractApplied.COMMITMENT_ID,
                        ContractApplied.BILLING_CURRENCY,
                        ContractApplied.APPLIED_COST,
                        ContractApplied.APPLIED_QUANTITY,
                        ContractApplied.APPLIED_UNIT);
    }
}
