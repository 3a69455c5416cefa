package io.headroom.lake;

import io.headroom.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that one run at a time holds. Its holder renews it; one that a dead run left blocks nobody. */
public final class Lock implements AutoCloseable {

    static final Duration EXPIRY = Duration.ofSeconds(60);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    /** Longer than it takes a rival to find no lock, or a dead one, and to write its own. */
    private static final Duration DISPUTE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Lock.class);

    private final FileSystem fileSystem;
    private final Path path;
    private final LockHolder holder;
    private final Clock clock;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lake-lock");
        thread.setDaemon(true);
        return thread;
    });

    private Lock(FileSystem fileSystem, Path path, LockHolder holder, Clock clock) {
        this.fileSystem = fileSystem;
        this.path = path;
        this.holder = holder;
        this.clock = clock;
    }

    static Lock take(FileSystem fileSystem, Path path, String run, Clock clock) {
        Lock lock = new Lock(fileSystem, path, LockHolder.ofThisProcess(run), clock);
        try {
            if (!lock.isCreated()) {
                lock.removeDead();
            }
            lock.settle();
        } catch (IOException e) {
            throw Failure.tryAgain(
                    "The lock %s cannot be taken: %s. See that the lake may be written and has room, and try again."
                            .formatted(path, e.getMessage()));
        }
        var unused = lock.renewal.scheduleAtFixedRate(
                lock::renew, RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
        return lock;
    }

    private boolean isCreated() throws IOException {
        OutputStream created;
        try {
            created = fileSystem.create(path, false);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            if (fileSystem.exists(path)) {
                return false;
            }
            throw e;
        }
        try (OutputStream out = created) {
            out.write(bytes());
            return true;
        } catch (IOException e) {
            // Where there is no room, an empty lock would keep the next run out.
            fileSystem.delete(path, false);
            throw e;
        }
    }

    private void removeDead() throws IOException {
        refuseLiving();
        fileSystem.delete(path, false);
        if (!isCreated()) {
            throw held("another run, which was quicker");
        }
    }

    /** Two may have written at once, as not every file system creates a file for one alone: whose file stands has won. */
    private void settle() throws IOException {
        try {
            Thread.sleep(DISPUTE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!isOwn()) {
            throw held("another run, which was quicker");
        }
    }

    /** Fails where another run has taken the lock over. */
    synchronized void require() {
        try {
            if (!isOwn()) {
                throw held("another run, which took over while this one was silent");
            }
        } catch (IOException e) {
            throw Failure.tryAgain("The lock %s cannot be read: %s".formatted(path, e.getMessage()));
        }
    }

    private boolean isOwn() throws IOException {
        return fileSystem.exists(path) && read().filter(holder::equals).isPresent();
    }

    private void refuseLiving() throws IOException {
        FileStatus file = fileSystem.getFileStatus(path);
        boolean isSilent =
                Instant.ofEpochMilli(file.getModificationTime()).plus(EXPIRY).isBefore(clock.instant());
        Optional<LockHolder> other = read();
        if (other.isEmpty() && !isSilent) {
            throw held("another run, which has just begun");
        }
        if (other.isPresent() && other.get().isAlive(isSilent)) {
            throw held(other.get().described());
        }
    }

    /** Who holds the lock; empty where the file is half written. */
    private Optional<LockHolder> read() throws IOException {
        try (FSDataInputStream in = fileSystem.open(path)) {
            return LockHolder.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Failure held(String by) {
        return Failure.tryAgain("The lake is being written by %s. Wait until it ends and try again.".formatted(by));
    }

    private byte[] bytes() {
        return holder.text().getBytes(StandardCharsets.UTF_8);
    }

    private synchronized void renew() {
        try {
            if (!isOwn()) {
                LOG.error("The lock {} was taken over by another run.", path);
                renewal.shutdown();
                return;
            }
            try (OutputStream out = fileSystem.create(path, true)) {
                out.write(bytes());
            }
        } catch (IOException e) {
            LOG.warn("The lock {} could not be renewed.", path, e);
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        try {
            if (renewal.awaitTermination(RENEWAL.toSeconds(), TimeUnit.SECONDS) && isOwn()) {
                fileSystem.delete(path, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
