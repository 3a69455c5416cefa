package io.headroom.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headroom.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final long NO_PROCESS = Long.MAX_VALUE / 2;

    @TempDir
    Path folder;

    private Path file;
    private FileSystem fileSystem;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("_lock");
        fileSystem = FileSystem.getLocal(new Configuration(false));
    }

    @Test
    void theSecondRunIsRefusedUntilTheFirstEnds() {
        Lock first = take("first");

        assertThatThrownBy(() -> take("second"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("is being written by run first (process")
                .extracting(failure -> ((Failure) failure).status())
                .isEqualTo(Failure.Status.TRY_AGAIN);
        first.close();
        assertThat(file).doesNotExist();
        take("second").close();
    }

    @Test
    void aDeadProcessOfThisMachineBlocksNobody() throws IOException {
        LockHolder own = LockHolder.ofThisProcess("dead");
        leave(new LockHolder("dead", NO_PROCESS, own.started(), own.machine()).text(), 0);
        take("next").close();

        leave(new LockHolder("dead", own.process(), own.started() - 1, own.machine()).text(), 0);
        take("next").close();
    }

    @ParameterizedTest
    @CsvSource({"59, true", "61, false"})
    void anotherMachinesLockHoldsWhileItIsRenewed(int secondsSilent, boolean isHeld) throws IOException {
        leave(new LockHolder("far", 1, 0, "another-machine").text(), secondsSilent);
        assertThat(isRefused()).isEqualTo(isHeld);
    }

    @ParameterizedTest
    @CsvSource({"59, true", "61, false"})
    void aHalfWrittenLockHoldsUntilItsHolderMustHaveFinishedIt(int secondsSilent, boolean isHeld) throws IOException {
        leave("run\t12", secondsSilent);
        assertThat(isRefused()).isEqualTo(isHeld);
    }

    @Test
    void ofTwoThatFindADeadLockNotBothWin() throws Exception {
        leave(new LockHolder("far", 1, 0, "another-machine").text(), 3600);
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> refused = both.invokeAll(List.of(this::isRefused, this::isRefused));
            assertThat(List.of(refused.get(0).get(), refused.get(1).get()))
                    .as("at least one is told to try again")
                    .contains(true);
        } finally {
            both.shutdown();
        }
    }

    @Test
    void aLockThatThereIsNoRoomForIsNotLeftBehind() {
        FileSystem full = new FullFileSystem(fileSystem);

        assertThatThrownBy(() -> Lock.take(full, new org.apache.hadoop.fs.Path(file.toUri()), "run", CLOCK))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("No space left on device. See that the lake may be written and has room")
                .extracting(failure -> ((Failure) failure).status())
                .isEqualTo(Failure.Status.TRY_AGAIN);
        assertThat(file).doesNotExist();
    }

    @Test
    void aLockThatAnotherTookOverIsLeftToIt() throws IOException {
        Lock lock = take("slow");
        String other = new LockHolder("other", 1, 0, "another-machine").text();
        leave(other, 0);

        lock.close();

        assertThat(file).hasContent(other);
    }

    private Lock take(String run) {
        return Lock.take(fileSystem, new org.apache.hadoop.fs.Path(file.toUri()), run, CLOCK);
    }

    private boolean isRefused() {
        try {
            var unused = take("run of " + Thread.currentThread().getName());
            return false;
        } catch (Failure refused) {
            return true;
        }
    }

    private void leave(String content, int secondsSilent) throws IOException {
        fileSystem.delete(new org.apache.hadoop.fs.Path(file.toUri()), false);
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(secondsSilent)));
    }

    /** Files can be made and not be filled. */
    private static final class FullFileSystem extends FilterFileSystem {

        FullFileSystem(FileSystem fileSystem) {
            super(fileSystem);
        }

        @Override
        public FSDataOutputStream create(
                org.apache.hadoop.fs.Path path,
                FsPermission permission,
                boolean isOverwritten,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            super.create(path, permission, isOverwritten, bufferSize, replication, blockSize, progress)
                    .close();
            return new FSDataOutputStream(
                    new OutputStream() {
                        @Override
                        public void write(int oneByte) throws IOException {
                            throw new IOException("No space left on device");
                        }
                    },
                    null);
        }
    }
}
