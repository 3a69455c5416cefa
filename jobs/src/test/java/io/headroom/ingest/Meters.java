package io.headroom.ingest;

/** Power readings of a source with a key. */
final class Meters {

    static final String SOURCE = """
            name: meters
            extends: power_sample/plain_csv
            files: meters/*
            """;
    static final String HEADER = "meter_id,sampled_at,scope,power_w\n";
    static final String ALL = "SELECT meter_id, power_w, path FROM power_sample";

    private Meters() {}
}
