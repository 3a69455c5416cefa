package io.headroom.lake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a lock.
 *
 * @param run identity of the run
 * @param process number of its process
 * @param started when the process began, since numbers are given again; 0 where the system does not tell
 * @param machine where it runs
 */
record LockHolder(String run, long process, long started, String machine) {

    private static final String SEPARATOR = "\t";

    static LockHolder ofThisProcess(String run) {
        ProcessHandle own = ProcessHandle.current();
        return new LockHolder(run, own.pid(), started(own), thisMachine());
    }

    /** Empty where the text is not whole. */
    static Optional<LockHolder> parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        boolean isWhole = parts.length == 4 && parts[3].endsWith("\n");
        try {
            return isWhole
                    ? Optional.of(new LockHolder(
                            parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3].strip()))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String text() {
        return String.join(SEPARATOR, run, Long.toString(process), Long.toString(started), machine) + "\n";
    }

    String described() {
        return "run %s (process %d on %s)".formatted(run, process, machine);
    }

    /** On this machine the process tells; of another machine only how long it has been silent. */
    boolean isAlive(boolean isSilent) {
        return machine.equals(thisMachine())
                ? ProcessHandle.of(process)
                        .filter(ProcessHandle::isAlive)
                        .filter(found -> started(found) == started)
                        .isPresent()
                : !isSilent;
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String thisMachine() {
        return (host() + processNamespace()).replaceAll("\\s", "_");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Containers may share a host's name and yet not see each other's processes. */
    private static String processNamespace() {
        try {
            return "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
