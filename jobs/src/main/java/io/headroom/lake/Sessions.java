package io.headroom.lake;

import io.headroom.failure.Failure;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a process. */
public final class Sessions {

    /** Money is never rounded in silence; rows that replace a slice need not belong to it; progress is recorded without rows too. */
    private static final Map<String, String> ALWAYS = Map.of(
            "spark.sql.decimalOperations.allowPrecisionLoss",
            "false",
            "spark.sql.extensions",
            "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog",
            "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "spark.sql.session.timeZone",
            "UTC",
            "spark.sql.ansi.enabled",
            "true",
            "spark.databricks.delta.skipRecordingEmptyCommits",
            "false",
            "spark.databricks.delta.replaceWhere.constraintCheck.enabled",
            "false");

    /** What suits the jobs; settings of the cluster win. Rows that are kept and do not fit are text for the most part. */
    private static final Map<String, String> USUAL = Map.of("spark.rdd.compress", "true");

    /** What suits one machine; a cluster's own settings win. Listings and snapshots of small tables need few tasks. */
    private static final Map<String, String> EMBEDDED = Map.of(
            "spark.hadoop.fs.file.impl", LocalFiles.class.getName(),
            "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/headroom-warehouse",
            "spark.ui.enabled", "false",
            "spark.ui.showConsoleProgress", "false",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.driver.host", "127.0.0.1",
            "spark.sql.shuffle.partitions", "2",
            "spark.databricks.delta.snapshotPartitions", "1",
            // Rows of few days need no sorting by day before they are written.
            "spark.sql.maxConcurrentOutputFileWriters", "8",
            "spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");

    private Sessions() {}

    /** A session on the master that spark-submit names, else embedded on all cores; settings of the configuration win. */
    public static SparkSession open(Map<String, String> settings) {
        boolean isSubmitted = System.getProperty("spark.master") != null;
        var builder = SparkSession.builder().appName("headroom");
        USUAL.forEach((key, value) -> builder.config(key, System.getProperty(key, value)));
        if (!isSubmitted) {
            builder.master("local[*]");
            EMBEDDED.forEach(builder::config);
        }
        settings.keySet().stream().filter(ALWAYS::containsKey).findFirst().ifPresent(key -> {
            throw Failure.wrongCommand("spark: %s cannot be set: the tables' guarantees rest on its value, %s."
                    .formatted(key, ALWAYS.get(key)));
        });
        settings.forEach(builder::config);
        ALWAYS.forEach(builder::config);
        return builder.getOrCreate();
    }
}
