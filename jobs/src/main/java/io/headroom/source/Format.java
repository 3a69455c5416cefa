package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the files of a source are made of. */
public enum Format {
    /** Separated values, RFC 4180 unless options say otherwise. */
    @JsonProperty("csv")
    CSV,
    /** One JSON object a line. */
    @JsonProperty("json")
    JSON,
    /** One JSON document, or several one after the other, however they are laid out. */
    @JsonProperty("json_document")
    JSON_DOCUMENT,
    /** Lines of any text, in the one column {@code value}. */
    @JsonProperty("text")
    TEXT,
    @JsonProperty("parquet")
    PARQUET
}
