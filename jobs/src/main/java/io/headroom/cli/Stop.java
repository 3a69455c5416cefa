package io.headroom.cli;

import io.headroom.failure.Failure;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;

/**
 * What becomes of a command whose process is told to stop, as by SIGTERM: its work ends, the lake's lock is given back, and
 * the process exits as one to be tried again. Hadoop's hooks have an order, and Spark's and the file systems' are among them.
 */
final class Stop {

    private static final int BEFORE_SPARK_AND_FILE_SYSTEMS = 100;
    private static final int AFTER_ALL = 0;
    /** Schedulers kill what has not ended within 30 s of their asking. */
    private static final long PATIENCE_S = 15;

    private static final long CHECK_MS = 200;

    private final PrintWriter err;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isStopped;
    private volatile boolean isRefused;

    private Stop(PrintWriter err) {
        this.err = err;
    }

    /** Watches over a command until {@link #end}. */
    static Stop watch(PrintWriter err) {
        var stop = new Stop(err);
        ShutdownHookManager hooks = ShutdownHookManager.get();
        if (!hooks.isShutdownInProgress()) {
            hooks.addShutdownHook(stop::endCommand, BEFORE_SPARK_AND_FILE_SYSTEMS, 2 * PATIENCE_S, TimeUnit.SECONDS);
            hooks.addShutdownHook(stop::exit, AFTER_ALL, PATIENCE_S, TimeUnit.SECONDS);
        }
        return stop;
    }

    /** The command has ended; nothing is left to stop. Data that it refused stays refused. */
    void end(int code) {
        isRefused = code == Failure.Status.DATA_REFUSED.code();
        ended.countDown();
    }

    /** Whether the process is being stopped, so that what fails now fails for that reason. */
    boolean isStopped() {
        return isStopped;
    }

    private void endCommand() {
        if (ended.getCount() == 0) {
            return;
        }
        isStopped = true;
        err.println(
                "Stopped before its end: the process was told to, or met a fatal error, which the log then has. Run the"
                        + " same command again: what was not finished is done anew.");
        err.flush();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
            do {
                // A session may be in the making when the signal comes.
                SparkSession.getDefaultSession().foreach(session -> {
                    session.stop();
                    return session;
                });
            } while (!ended.await(CHECK_MS, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A signal's own exit code would tell a scheduler nothing. */
    private void exit() {
        if (isStopped) {
            Runtime.getRuntime().halt((isRefused ? Failure.Status.DATA_REFUSED : Failure.Status.TRY_AGAIN).code());
        }
    }
}
