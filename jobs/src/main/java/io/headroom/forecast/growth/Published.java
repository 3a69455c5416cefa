package io.headroom.forecast.growth;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as tables publish them. */
public final class Published {

    private static final MathContext NINE_DIGITS = new MathContext(9);

    private Published() {}

    /** Nine significant digits. */
    public static double number(double value) {
        return new BigDecimal(value).round(NINE_DIGITS).doubleValue();
    }
}
