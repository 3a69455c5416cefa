package io.headroom.failure;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Faults of a file system that its owner can mend, known by the words that systems have for them. */
public enum StorageFault {
    FULL(
            "No space left on device|Disk quota exceeded|quota of .* is exceeded|File too large",
            "there is no room to write (%s). Make room where the lake and Spark's temporary files lie"),
    NO_TEMPORARY_FILES(
            "no snappyjava in java.library.path|Could not initialize class org.xerial.snappy",
            "Spark's compression cannot be unpacked into the folder for temporary files (%s). Make room there, or name"
                    + " another by HEADROOM_JAVA_OPTIONS=-Djava.io.tmpdir=DIR"),
    NOT_WRITABLE(
            "Read-only file system|Permission denied|AccessDenied|Access Denied",
            "a file or folder may not be written or read (%s). Give the user of this process leave to");

    private static final int LONGEST = 300;

    private final Pattern words;
    private final String sentence;

    StorageFault(String words, String sentence) {
        this.words = Pattern.compile(".*(" + words + ").*");
        this.sentence = sentence;
    }

    /** What a failure says to a person, where such a fault is among its causes. */
    public static Optional<String> told(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause);
            for (StorageFault fault : values()) {
                Matcher matcher = fault.words.matcher(text);
                if (matcher.find()) {
                    return Optional.of(fault.told(matcher.group().strip()));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a storage error with such a fault is among a failure's causes; what merely quotes its words is none. */
    public static boolean isBehind(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof IOException
                    && Arrays.stream(values())
                            .anyMatch(fault -> fault.words.matcher(text).find())) {
                return true;
            }
        }
        return false;
    }

    private String told(String line) {
        String quoted = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
        return "It could not go on: %s, and run the same command again: what was not finished is done anew."
                .formatted(sentence.formatted(quoted));
    }
}
