package io.headroom.staging.delivery;

import io.headroom.table.Field;
import io.headroom.table.Spec;
import io.headroom.table.Table;

/** One delivered file as read for one source, as it stands now. */
public enum Delivery implements Field {
    PATH(Spec.string("The file, relative to its landing root.").required()),
    SOURCE(Spec.string("The source that read it.").required()),
    TARGET(Spec.string("The staging table that it fills.").required()),
    CHECKSUM(Spec.string("SHA-256 of the file.").required()),
    SIZE_BYTES(Spec.count("bytes", "Size of the file.").required()),
    MODIFIED_AT(Spec.instant("When the file was last modified.").required()),
    KNOWN_AT(Spec.instant("When its content became known to the lake.").required()),
    PROBLEM(Spec.string("Why the whole file was refused; null for a file that was read. Where it had been read before,"
            + " the earlier rows and counts stay.")),
    READ_RECORDS(Spec.count("records", "Records in the file; read = used + skipped + unparsable.")
            .required()),
    USED_RECORDS(Spec.count("records", "Records that the SELECT saw.").required()),
    SKIPPED_RECORDS(Spec.count("records", "Records that a named rule of the source left out.")
            .required()),
    UNPARSABLE_RECORDS(Spec.count("records", "Records that could not be parsed; each stands in staging.rejected.")
            .required()),
    SKIPPED(Spec.counts("Skipped records by the name of the rule.").required()),
    RECEIVED_ROWS(Spec.count("rows", "Rows out of the SELECT; received = accepted + duplicate + rejected.")
            .required()),
    ACCEPTED_ROWS(Spec.count("rows", "Rows that entered the table.").required()),
    DUPLICATE_ROWS(Spec.count("rows", "Rows already known by their key or file content.")
            .required()),
    REJECTED_ROWS(Spec.count("rows", "Rows that broke a rule; each stands in staging.rejected.")
            .required()),
    SUPERSEDED_ROWS(Spec.count("rows", "Accepted rows that a newer delivery of their slice has replaced.")
            .required()),
    QUIRKS(Spec.counts("Records normalised, by the name of the quirk.").required()),
    DUPLICATES_OF(
            Spec.strings("Files whose rows made rows of this one duplicates.").required()),
    SUPERSEDED_BY(Spec.strings("Files whose delivery of a slice stands in place of this one's.")
            .required()),
    DEFINITION(Spec.string("Digest of the mapping that it was read by; another mapping reads it again.")
            .required()),
    RUN_ID(Spec.string("The run that read it.").required()),
    CODE_VERSION(Spec.string("Version of Headroom that read it.").required());

    public static final Table TABLE = Table.record("delivery")
            .grain("one delivered file as read for one source, as it stands now")
            .fields(values())
            .key(TARGET, SOURCE, PATH)
            .build();

    private final Spec spec;

    Delivery(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
