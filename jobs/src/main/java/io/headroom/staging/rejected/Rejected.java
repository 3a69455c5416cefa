package io.headroom.staging.rejected;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One record or row that was refused. */
public enum Rejected implements Field {
    SOURCE(Spec.string("The source that read it.").required()),
    TARGET(Spec.string("The staging table that it was meant for.").required()),
    PATH(Spec.string("The file, relative to its landing root.").required()),
    LINE(
            Spec.count(
                    "",
                    "Line of the file where the record begins, from 1; in Parquet the row. Null where a whole file was refused.")),
    RAW(Spec.string("The record as it was delivered; of a refused row no more than its first 4,096 characters.")),
    REASONS(Spec.strings("Every reason for the refusal.").required()),
    RUN_ID(Spec.string("The run that refused it.").required());

    public static final Table TABLE = Table.record("rejected")
            .grain("one record or row that was refused")
            .fields(values())
            .key(PATH)
            .build();

    private final Spec spec;

    Rejected(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
