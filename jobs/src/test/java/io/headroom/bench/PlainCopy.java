package io.headroom.bench;

import io.headroom.lake.Sessions;
import java.util.Map;

/** What reading and writing costs by itself: Parquet files copied by Spark; a program of its own. */
final class PlainCopy {

    private PlainCopy() {}

    /** Copies what lies below the folder of the first argument into that of the second. */
    public static void main(String[] arguments) {
        Sessions.open(Map.of()).read().parquet(arguments[0] + "/*").write().parquet(arguments[1]);
    }
}
