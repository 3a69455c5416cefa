package io.headroom.mart.contract_applied;

import io.headroom.job.Input;
import io.headroom.job.SelectJob;
import io.headroom.staging.cost.Cost;
import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** What of a charge counts towards a contract's commitment, as FOCUS ContractApplied tells. */
public enum ContractApplied implements Field {
    DAY(Spec.date("UTC day on which the charge's period starts.").required()),
    PROVIDER(Spec.string("Who sells the service.").required()),
    BILLING_ACCOUNT_ID(Spec.string("Billing account.").required()),
    SUB_ACCOUNT_ID(Spec.string("Sub-account.")),
    BILLING_PERIOD_START(Spec.instant("Start of the billing period.").required()),
    CHARGE_PERIOD_START(Spec.instant("Start of the charge's period, inclusive.").required()),
    CHARGE_PERIOD_END(Spec.instant("End of the charge's period, exclusive.").required()),
    CHARGE_CATEGORY(Spec.string("FOCUS ChargeCategory.").required()),
    SERVICE_NAME(Spec.string("FOCUS ServiceName.")),
    RESOURCE_ID(Spec.string("FOCUS ResourceId.")),
    CONTRACT_ID(Spec.string("Contract that the commitment is a part of.")),
    COMMITMENT_ID(Spec.string("The commitment; null where the part names none.")),
    BILLING_CURRENCY(Spec.string("ISO 4217 currency of the applied cost.").required()),
    APPLIED_COST(Spec.money("Part of the charge that counts towards the commitment; null where a quantity does.")),
    APPLIED_QUANTITY(
            Spec.number("applied_unit", "Quantity that counts towards the commitment; null where the cost does.")),
    APPLIED_UNIT(Spec.string("Unit of the applied quantity."));

    public static final Table TABLE = Table.mart("contract_applied")
            .grain("one part of one charge that counts towards one commitment")
            .fields(values())
            .byDay()
            .build();

    public static final SelectJob JOB = SelectJob.of(ContractApplied.class, TABLE, Input.day(Cost.TABLE));

    private final Spec spec;

    ContractApplied(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
