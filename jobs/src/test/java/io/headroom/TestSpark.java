package io.headroom;

import io.headroom.lake.Sessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The one embedded session that all tests of a process share, as a run opens it. */
public final class TestSpark {

    private static final SparkSession SESSION = Sessions.open(Map.of());

    private TestSpark() {}

    public static SparkSession session() {
        return SESSION;
    }
}
