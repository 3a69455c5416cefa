package io.headroom.mart.cost_daily;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A text to which another must be equal, in which {@code *} stands for any characters, or none. */
final class TextPattern {

    private TextPattern() {}

    static Column matches(Column text, String pattern) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return text.equalTo(pattern);
        }
        if (star == pattern.length() - 1) {
            return text.startsWith(functions.lit(pattern.substring(0, star)));
        }
        return text.like(like(pattern));
    }

    /** The same for LIKE, in which a backslash takes the meaning from what follows. */
    private static String like(String pattern) {
        return pattern.replaceAll("[\\\\%_]", "\\\\$0").replace('*', '%');
    }
}
