package io.headroom.job;

import java.util.function.Function;
import org.apache.spark.ml.util.MLWritable;

/** Fitted MLlib models, kept in the lake beside its tables. */
public interface Models {

    /** Saves a model under its identity and tells its location relative to the lake. The same identity is written once. */
    String save(String modelId, MLWritable model);

    /** Loads a model that was saved, by the loader of its class, which takes a path. */
    <M> M load(String location, Function<String, M> loader);
}
