package io.headroom;

import org.apache.spark.sql.SparkSession;

/** The one local session that all tests of a process share: UTC, ANSI on, two partitions, Delta. */
public final class TestSpark {

    private static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("headroom-tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", true)
            .config("spark.databricks.delta.replaceWhere.constraintCheck.enabled", false)
            .config("spark.databricks.delta.skipRecordingEmptyCommits", false)
            .config("spark.sql.decimalOperations.allowPrecisionLoss", false)
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", 2)
            .config("spark.databricks.delta.snapshotPartitions", 1)
            .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/headroom-test-warehouse")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .getOrCreate();

    private TestSpark() {}

    public static SparkSession session() {
        return SESSION;
    }
}
