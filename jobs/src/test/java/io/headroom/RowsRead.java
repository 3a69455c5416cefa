package io.headroom;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the rows that tasks read from files. */
final class RowsRead extends SparkListener {

    private final AtomicLong rows = new AtomicLong();

    private RowsRead() {}

    static long during(Runnable work) throws Exception {
        SparkContext context = TestSpark.session().sparkContext();
        var counted = new RowsRead();
        context.addSparkListener(counted);
        try {
            work.run();
            context.listenerBus().waitUntilEmpty();
        } finally {
            context.removeSparkListener(counted);
        }
        return counted.rows.get();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd ended) {
        if (ended.taskMetrics() != null) {
            rows.addAndGet(ended.taskMetrics().inputMetrics().recordsRead());
        }
    }
}
