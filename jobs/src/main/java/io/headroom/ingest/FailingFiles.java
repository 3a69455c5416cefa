package io.headroom.ingest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.headroom.failure.Failure;
import io.headroom.failure.StorageFault;
import io.headroom.source.Source;
import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the files on which reading or the mapping's SELECT fails, part by part, so that one of them does not stop the others:
 * a broken page of Parquet, a value that an ANSI cast does not take.
 */
final class FailingFiles {

    private static final int SHOWN_CHARACTERS = 300;
    /** A failing set is tried again in so many parts: few large ones read good files too often. */
    private static final int PARTS = 8;

    /** What tells of the configuration, the storage or the machine, not of a file. */
    private static final List<Class<?>> OTHERS = List.of(
            Failure.class,
            UncheckedIOException.class,
            InterruptedIOException.class,
            SocketException.class,
            UnknownHostException.class,
            FileNotFoundException.class,
            VirtualMachineError.class,
            LinkageError.class);

    private final Consumer<List<Shipment>> reading;
    private final Map<FileKey, String> failing = new LinkedHashMap<>();

    /** @param reading reads and judges files of one source, keeping nothing */
    FailingFiles(Consumer<List<Shipment>> reading) {
        this.reading = reading;
    }

    /**
     * The files that fail, with the reason.
     *
     * @throws RuntimeException the failure itself, where it is not one of single files
     */
    Map<FileKey, String> among(List<Shipment> shipments, Exception failure) {
        refuseOther(failure);
        Map<Source, List<Shipment>> bySource =
                shipments.stream().collect(groupingBy(Shipment::source, LinkedHashMap::new, toList()));
        bySource.values().forEach(this::look);
        if (failing.isEmpty()) {
            throw unchecked(failure);
        }
        return failing;
    }

    private void look(List<Shipment> shipments) {
        try {
            reading.accept(shipments);
        } catch (Exception failure) {
            refuseOther(failure);
            if (shipments.size() == 1) {
                failing.put(shipments.get(0).key(), "The mapping fails on the file: " + reason(failure));
                return;
            }
            int size = (shipments.size() + PARTS - 1) / PARTS;
            for (int from = 0; from < shipments.size(); from += size) {
                look(shipments.subList(from, Math.min(shipments.size(), from + size)));
            }
        }
    }

    /** Wrong configuration and failing storage are no fault of the data. */
    private static void refuseOther(Exception failure) {
        if (StorageFault.isBehind(failure)) {
            throw unchecked(failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Throwable found = cause;
            if (OTHERS.stream().anyMatch(kind -> kind.isInstance(found))) {
                throw unchecked(failure);
            }
        }
    }

    private static RuntimeException unchecked(Exception failure) {
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }

    /** What the innermost cause says, in its first line. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return message.substring(0, Math.min(message.length(), SHOWN_CHARACTERS));
    }
}
