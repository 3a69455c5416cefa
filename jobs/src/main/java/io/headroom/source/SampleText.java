package io.headroom.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and times of samples, as Prometheus writes them. */
final class SampleText {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern TIME = Pattern.compile("-?(\\d{1,20}\\.?\\d{0,12}|\\.\\d{1,12})([eE][+-]?\\d{1,2})?");
    private static final int MOST_CHARACTERS = 400;

    /** Of a time at least so large, seconds would be in the year 5138 or later: it is in milliseconds. */
    private static final BigDecimal LEAST_MILLISECONDS = new BigDecimal("1e11");
    /** The beginning of the year 10000. */
    private static final BigDecimal END_S = new BigDecimal("253402300800");

    private SampleText() {}

    /** A number as Spark reads it. */
    static Optional<String> number(String text) {
        if (text.length() <= MOST_CHARACTERS && NUMBER.matcher(text).matches()) {
            return Optional.of(text);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Optional.of("NaN");
            case "inf", "+inf", "infinity", "+infinity" -> Optional.of("Infinity");
            case "-inf", "-infinity" -> Optional.of("-Infinity");
            default -> Optional.empty();
        };
    }

    /** The instant of a timestamp, which is in milliseconds in the Prometheus text format and in seconds elsewhere. */
    static Optional<String> instant(String text) {
        if (!TIME.matcher(text).matches()) {
            return Optional.empty();
        }
        var time = new BigDecimal(text);
        boolean isMilliseconds = time.abs().compareTo(LEAST_MILLISECONDS) >= 0;
        BigDecimal seconds = isMilliseconds ? time.movePointLeft(3) : time;
        if (seconds.abs().compareTo(END_S) >= 0) {
            return Optional.empty();
        }
        BigDecimal micros = seconds.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
        long whole = micros.longValueExact();
        return Optional.of(
                Instant.ofEpochSecond(Math.floorDiv(whole, 1_000_000L), Math.floorMod(whole, 1_000_000L) * 1_000)
                        .toString());
    }
}
