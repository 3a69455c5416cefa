package io.headroom.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Runs independent pieces of work side by side: most of a small piece is planning, which one core does. */
public final class Concurrently {

    private static final int MOST = Math.min(4, Math.max(2, Runtime.getRuntime().availableProcessors()));

    private Concurrently() {}

    /** The result of each piece, in the order of the pieces. The first failure is thrown when all have ended. */
    public static <T, R> List<R> each(List<T> pieces, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(MOST);
        try {
            List<Future<R>> futures = new ArrayList<>();
            pieces.forEach(piece -> futures.add(pool.submit(() -> work.apply(piece))));
            return results(futures);
        } finally {
            pool.shutdown();
        }
    }

    private static <R> List<R> results(List<Future<R>> futures) {
        List<R> results = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failures.add(
                        e.getCause() instanceof RuntimeException cause
                                ? cause
                                : new IllegalStateException(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(new IllegalStateException(e));
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return results;
    }
}
