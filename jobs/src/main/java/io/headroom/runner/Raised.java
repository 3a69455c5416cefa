package io.headroom.runner;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** What a derivation says by raising an error: {@code raise_error} in its SELECT, or a broken rule of its table. */
final class Raised {

    private static final String CONDITION = "USER_RAISED_EXCEPTION";
    private static final String MESSAGE = "errorMessage";

    private Raised() {}

    /** The message, where such an error is among a failure's causes. */
    static Optional<String> message(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable raised && CONDITION.equals(raised.getCondition())) {
                Map<String, String> parameters = raised.getMessageParameters();
                return Optional.ofNullable(parameters.get(MESSAGE));
            }
        }
        return Optional.empty();
    }
}
