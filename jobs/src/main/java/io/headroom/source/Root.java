package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the files of a source lie. */
public enum Root {
    /** The landing folder, where exports arrive. */
    @JsonProperty("landing")
    LANDING,
    /** The facts that ship with Headroom. */
    @JsonProperty("data")
    DATA
}
