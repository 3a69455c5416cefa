package io.headroom.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

    /**
     * The result of each piece, in the order of the pieces, of which each begins when those before it that it needs have
     * ended. What needs a piece that failed is not begun; the first failure is thrown when all others have ended, with those
     * of other pieces suppressed in it.
     */
    public static <T, R> List<R> inTurn(List<T> pieces, BiPredicate<T, T> needs, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(MOST);
        try {
            List<CompletableFuture<R>> futures = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                T piece = pieces.get(i);
                CompletableFuture<?>[] needed = IntStream.range(0, i)
                        .filter(before -> needs.test(piece, pieces.get(before)))
                        .mapToObj(futures::get)
                        .toArray(CompletableFuture<?>[]::new);
                futures.add(CompletableFuture.allOf(needed).thenApplyAsync(done -> work.apply(piece), pool));
            }
            return results(futures);
        } finally {
            pool.shutdown();
        }
    }

    private static <R> List<R> results(List<? extends Future<R>> futures) {
        List<R> results = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failures.add(unchecked(e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(new IllegalStateException(e));
            }
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            // What needs a piece that failed fails by the same exception.
            failures.stream().filter(failure -> failure != first).distinct().forEach(first::addSuppressed);
            throw first;
        }
        return results;
    }

    private static RuntimeException unchecked(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException wrapper && wrapper.getCause() != null) {
            cause = wrapper.getCause();
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
}
