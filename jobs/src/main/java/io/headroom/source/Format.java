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
    /**
     * Samples as an exporter exposes them: the Prometheus text format 0.0.4 or OpenMetrics 1.0. Their columns are those of
     * {@link SampleColumns}.
     */
    @JsonProperty("prometheus")
    PROMETHEUS,
    /** Responses of the Prometheus HTTP API to a query, in the same columns. */
    @JsonProperty("prometheus_api")
    PROMETHEUS_API,
    @JsonProperty("parquet")
    PARQUET;

    /** Whether records are samples of time series. */
    boolean isOfSamples() {
        return this == PROMETHEUS || this == PROMETHEUS_API;
    }
}
