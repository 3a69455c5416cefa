package io.headroom.table;

/** The columns that every staging row carries, to say where it came from. */
public enum Lineage implements Field {
    SOURCE(Spec.string("Name of the source that delivered the row.").required()),
    PATH(Spec.string("File that delivered the row, relative to its landing root.")
            .required()),
    KNOWN_AT(Spec.instant("When the fact became known: as the source says, else when its file was last modified.")
            .required());

    private final Spec spec;

    Lineage(Spec spec) {
        this.spec = spec;
    }

    @Override
    public Spec spec() {
        return spec;
    }
}
