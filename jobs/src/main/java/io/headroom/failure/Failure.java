package io.headroom.failure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A failure that its reader can act on: the message says what, why and what to do, and the status how to react. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The exit codes of the process, which schedulers rely on. */
    public enum Status {
        /** Something outside went wrong, such as a lock held by another run: try again. */
        TRY_AGAIN(1),
        /** The command or the configuration is wrong: a retry is useless. */
        WRONG_COMMAND(2),
        /** Some data was refused; everything else was done. */
        DATA_REFUSED(3);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    private final Status status;

    private Failure(Status status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public static Failure tryAgain(String message) {
        return new Failure(Status.TRY_AGAIN, message, null);
    }

    public static Failure wrongCommand(String message) {
        return new Failure(Status.WRONG_COMMAND, message, null);
    }

    public static Failure wrongCommand(String message, Throwable cause) {
        return new Failure(Status.WRONG_COMMAND, message, cause);
    }

    /** A lake that already knows more than a run may use. */
    public static Failure laterKnowledge(String table, Instant known, Instant asOf) {
        return wrongCommand(
                ("The lake's %s holds what became known at %s, after the as-of of this run, %s. Name another"
                                + " --lake to compute what was known then; if no --as-of was given, the clock of this"
                                + " machine is late: set it right.")
                        .formatted(table, known, asOf));
    }

    public static Failure dataRefused(String message) {
        return new Failure(Status.DATA_REFUSED, message, null);
    }

    public Status status() {
        return status;
    }
}
