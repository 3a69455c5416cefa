package io.headroom.lake;

import io.headroom.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that one run at a time holds. Its holder renews it; one that is no longer renewed was left by a dead run and blocks nobody. */
public final class Lock implements AutoCloseable {

    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration EXPIRY = Duration.ofSeconds(60);

    private final FileSystem fileSystem;
    private final Path path;
    private final Holder holder;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lake-lock");
        thread.setDaemon(true);
        return thread;
    });

    /** Who holds a lock: its run, process and machine, and until when it counts without renewal. */
    private record Holder(String run, long process, String machine, Instant renewedAt) {

        static Holder parse(String text) {
            String[] parts = text.strip().split("\t", -1);
            return new Holder(parts[0], Long.parseLong(parts[1]), parts[2], Instant.parse(parts[3]));
        }

        byte[] bytes() {
            return "%s\t%d\t%s\t%s\n"
                    .formatted(run, process, machine, renewedAt)
                    .getBytes(StandardCharsets.UTF_8);
        }

        boolean isAlive(Clock clock, String thisMachine) {
            boolean isGone = machine.equals(thisMachine)
                    && ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
            boolean isSilent = renewedAt.plus(EXPIRY).isBefore(clock.instant());
            return !isGone && !(isSilent && !machine.equals(thisMachine));
        }
    }

    private Lock(FileSystem fileSystem, Path path, Holder holder) {
        this.fileSystem = fileSystem;
        this.path = path;
        this.holder = holder;
    }

    static Lock take(FileSystem fileSystem, Path path, String run, Clock clock) {
        Holder holder = new Holder(run, ProcessHandle.current().pid(), machine(), clock.instant());
        try {
            if (!created(fileSystem, path, holder)) {
                refuseLiving(fileSystem, path, clock);
                fileSystem.delete(path, false);
                if (!created(fileSystem, path, holder)) {
                    throw held("another run, which was quicker");
                }
            }
        } catch (IOException e) {
            throw Failure.tryAgain("The lock %s cannot be taken: %s".formatted(path, e.getMessage()));
        }
        Lock lock = new Lock(fileSystem, path, holder);
        lock.keep(clock);
        return lock;
    }

    private static boolean created(FileSystem fileSystem, Path path, Holder holder) throws IOException {
        try (OutputStream out = fileSystem.create(path, false)) {
            out.write(holder.bytes());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            if (fileSystem.exists(path)) {
                return false;
            }
            throw e;
        }
    }

    private static void refuseLiving(FileSystem fileSystem, Path path, Clock clock) throws IOException {
        Holder other;
        try (FSDataInputStream in = fileSystem.open(path)) {
            other = Holder.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            return;
        }
        if (other.isAlive(clock, machine())) {
            throw held("run %s (process %d on %s)".formatted(other.run(), other.process(), other.machine()));
        }
    }

    private static Failure held(String by) {
        return Failure.tryAgain("The lake is being written by %s. Wait until it ends and try again.".formatted(by));
    }

    private static String machine() {
        String name = System.getenv("HOSTNAME");
        return name == null ? "localhost" : name.replaceAll("\\s", "_");
    }

    private void keep(Clock clock) {
        var unused = renewal.scheduleAtFixedRate(
                () -> renew(clock), RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
    }

    private void renew(Clock clock) {
        Holder renewed = new Holder(holder.run(), holder.process(), holder.machine(), clock.instant());
        try (OutputStream out = fileSystem.create(path, true)) {
            out.write(renewed.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        try {
            renewal.awaitTermination(RENEWAL.toSeconds(), TimeUnit.SECONDS);
            fileSystem.delete(path, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
