package io.headroom.table;

/**
 * What a column holds.
 *
 * @param unit the unit of its numbers, or empty where it has none
 * @param doc one sentence for the data dictionary
 * @param isRounded whether an amount of more than 18 decimals is rounded to them; else it is refused
 */
public record Spec(Type type, boolean isRequired, String unit, String doc, boolean isRounded) {

    private Spec(Type type, boolean isRequired, String unit, String doc) {
        this(type, isRequired, unit, doc, false);
    }

    public static Spec string(String doc) {
        return new Spec(Type.STRING, false, "", doc);
    }

    public static Spec strings(String doc) {
        return new Spec(Type.STRINGS, false, "", doc);
    }

    public static Spec flag(String doc) {
        return new Spec(Type.BOOLEAN, false, "", doc);
    }

    public static Spec integer(String unit, String doc) {
        return new Spec(Type.INTEGER, false, unit, doc);
    }

    public static Spec count(String unit, String doc) {
        return new Spec(Type.LONG, false, unit, doc);
    }

    /** A map from a name to how often it was seen. */
    public static Spec counts(String doc) {
        return new Spec(Type.COUNTS, false, "", doc);
    }

    /** A map from a name to a text. */
    public static Spec labels(String doc) {
        return new Spec(Type.LABELS, false, "", doc);
    }

    public static Spec number(String unit, String doc) {
        return new Spec(Type.DOUBLE, false, unit, doc);
    }

    public static Spec numbers(String unit, String doc) {
        return new Spec(Type.DOUBLES, false, unit, doc);
    }

    /** A number that is the exact sum of its parts. */
    public static Spec decimal(String unit, String doc) {
        return new Spec(Type.DECIMAL, false, unit, doc);
    }

    /** A map from a name to such a number. */
    public static Spec decimals(String unit, String doc) {
        return new Spec(Type.DECIMALS, false, unit, doc);
    }

    public static Spec money(String doc) {
        return new Spec(Type.MONEY, false, "currency", doc);
    }

    /** An amount for one unit of something, which may be too little for 18 decimals: it is rounded to them. */
    public static Spec price(String doc) {
        return new Spec(Type.MONEY, false, "currency", doc, true);
    }

    public static Spec date(String doc) {
        return new Spec(Type.DATE, false, "", doc);
    }

    public static Spec instant(String doc) {
        return new Spec(Type.TIMESTAMP, false, "", doc);
    }

    /** The same column, never null. */
    public Spec required() {
        return new Spec(type, true, unit, doc, isRounded);
    }
}
