package io.headroom.staging.contract_term;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One term of one contract or of its amendment, as known at a time. */
public enum ContractTerm implements Field {
    CONTRACT_ID(Spec.string("The contract or amendment.").required()),
    TERM_ID(Spec.string("The term within it; what was known of it at several times has one row each.")
            .required()),
    AMENDS(Spec.string("Contract that it amends.")),
    PROVIDER(Spec.string("Who supplies.").required()),
    COUNTERPARTY(Spec.string("Who buys.")),
    TERM(Spec.string(
                    "Kind of term: spend_commitment, capacity, expansion_option, right_of_first_refusal, duration, equity, licence, guarantee, power_supply or lease.")
            .required()),
    AMOUNT(Spec.money("Amount of money that the term names.")),
    CURRENCY(Spec.string("ISO 4217 code of the amount.")),
    AMOUNT_QUALIFIER(Spec.string("exact, at_least or up_to.")),
    MW(Spec.number("MW", "Power that the term names.")),
    MW_QUALIFIER(Spec.string("exact, at_least, up_to or about.")),
    MW_BASIS(Spec.string("it, facility, utility or unstated.")),
    ACCELERATORS(Spec.count("GPUs", "Accelerators that the term names.")),
    ACCELERATOR(Spec.string("Accelerator model or models.")),
    STARTS_ON(Spec.date("First day of the term.")),
    ENDS_ON(Spec.date("Last day of the term.")),
    DATE_PRECISION(Spec.string("How fine the dates are known: day, month, quarter, half or year.")),
    STATUS(Spec.string("in_force, ended, superseded or proposed.").required()),
    EFFECTIVE_ON(Spec.date("Day that it took effect.")),
    CONFIDENCE(Spec.string("signed, loi or reported.").required()),
    SOURCE_URL(Spec.string("Where it was published.").required()),
    NOTE(Spec.string("What a reader must know besides."));

    public static final Table TABLE = Table.staging("contract_term")
            .grain("one term of one contract or of its amendment, as known at a time")
            .fields(values())
            .rule(
                    "term is unknown",
                    "term IN ('spend_commitment', 'capacity', 'expansion_option', 'right_of_first_refusal',"
                            + " 'duration', 'equity', 'licence', 'guarantee', 'power_supply', 'lease')")
            .rule("amount has no currency", "amount IS NULL OR currency IS NOT NULL")
            .rule("currency is not an ISO 4217 code", "currency RLIKE '^[A-Z]{3}$'")
            .rule("amount_qualifier is unknown", "amount_qualifier IN ('exact', 'at_least', 'up_to')")
            .rule("mw_qualifier is unknown", "mw_qualifier IN ('exact', 'at_least', 'up_to', 'about')")
            .rule("ends_on is before starts_on", "ends_on >= starts_on")
            .rule("status is unknown", "status IN ('in_force', 'ended', 'superseded', 'proposed')")
            .rule("confidence is unknown", "confidence IN ('signed', 'loi', 'reported')")
            .build();

    private final Spec spec;

    ContractTerm(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
