package io.headroom.export;

/** How an export writes its rows. */
public enum Format {
    /** One file of text, by RFC 4180. */
    CSV,
    /** As Spark writes it; one file where the rows are few. */
    PARQUET
}
