package io.headroom.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns that a file must have, and those that it may have. Any other is named as a quirk.
 *
 * @param extensions how, in any case, the names of further columns begin that are no quirks. Their values and those of all
 *     others are kept by name in the column {@value #EXTENSIONS}; where this is empty, they are left out, and there is no such
 *     column, nor {@value #EDITION}, nor {@value #ABSENT}
 * @param editions of the files' format, told apart by their columns; the first that fits is in the column {@value #EDITION}
 * @param missed columns of which those that a file does not have are named in the column {@value #ABSENT}
 * @param amounts columns of numbers, from which a currency sign and thousands separators are taken
 * @param instants columns of instants
 * @param dates how their dates with slashes are written: M/d/yy or d/M/yy; where it is empty, they are not read
 * @param maps columns that hold a JSON object, a map or a struct: text by name
 * @param words columns that hold one of some words, which may be written in other case
 */
public record Columns(
        List<String> required,
        List<String> optional,
        String extensions,
        List<Edition> editions,
        List<String> missed,
        List<String> amounts,
        List<String> instants,
        String dates,
        List<String> maps,
        Map<String, List<String>> words)
        implements Serializable {

    /** The map of the values of undeclared columns. */
    public static final String EXTENSIONS = "extensions";
    /** The name of the file's edition. */
    public static final String EDITION = "edition";

    /** The names of missed columns, joined by commas; null where none is. */
    public static final String ABSENT = "absent";

    private static final int SHOWN_NAME = 100;
    private static final List<String> DATES = List.of("", "M/d/yy", "d/M/yy");

    /**
     * An edition of a format.
     *
     * @param all columns that its files have, every one
     * @param any columns of which its files have at least one, unless there are none
     */
    public record Edition(String name, List<String> all, List<String> any) implements Serializable {

        public Edition {
            all = List.copyOf(all);
            any = List.copyOf(any);
        }

        private boolean fits(Set<String> file) {
            return file.containsAll(all) && (any.isEmpty() || any.stream().anyMatch(file::contains));
        }
    }

    @JsonCreator
    public Columns {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
        editions = List.copyOf(editions);
        missed = List.copyOf(missed);
        amounts = List.copyOf(amounts);
        instants = List.copyOf(instants);
        maps = List.copyOf(maps);
        words = new TreeMap<>(words);
        if (!DATES.contains(dates)) {
            throw new IllegalArgumentException("columns.dates must be M/d/yy or d/M/yy, not '" + dates + "'");
        }
    }

    /** Columns whose texts stay as they are. */
    public Columns(List<String> required, List<String> optional) {
        this(required, optional, "", List.of(), List.of(), List.of(), List.of(), "", List.of(), Map.of());
    }

    /** The same columns, whose texts stay as they are. */
    Columns asTheyAre() {
        return new Columns(required, optional);
    }

    /** What a column that is not declared is told as. */
    public static String undeclared(String name) {
        return "undeclared column " + shown(name);
    }

    /** What a column in other case than declared is told as. */
    public static String inOtherCase(String name, String declared) {
        return "column %s read as %s".formatted(shown(name), declared);
    }

    /** What a text that stands for null is told as. */
    public static String literal(String text) {
        return "literal " + text;
    }

    /** What an edition is told as. */
    public static String told(String edition) {
        return edition + ", by its columns";
    }

    private static String shown(String name) {
        return shown(name, SHOWN_NAME);
    }

    /** A text from a file, no longer than a message should be. */
    public static String shown(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    /** All declared columns; for files without a header, their order. */
    public List<String> declared() {
        return Stream.concat(required.stream(), optional.stream()).distinct().toList();
    }

    /** The columns of a record: the declared ones, then what is told of the others and of the file. */
    public List<String> ofRecord() {
        return hasExtensions()
                ? Stream.concat(declared().stream(), Stream.of(EXTENSIONS, EDITION, ABSENT))
                        .toList()
                : declared();
    }

    /** The columns of a record that are maps; all others of text are text. */
    public Set<String> ofMaps() {
        return Stream.concat(maps.stream(), hasExtensions() ? Stream.of(EXTENSIONS) : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the values of undeclared columns are kept. */
    public boolean hasExtensions() {
        return !extensions.isEmpty();
    }

    /** Whether dates with slashes begin with the day. */
    public boolean isDayFirst() {
        return dates.startsWith("d");
    }

    /** Whether an undeclared column is named as such columns are to be. */
    public boolean isExtension(String name) {
        return hasExtensions() && name.regionMatches(true, 0, extensions, 0, extensions.length());
    }

    /** The declared column of each of a file's columns that has one: by its name, else by its name in other case. */
    public Map<String, String> places(List<String> file) {
        Map<String, String> folded = new HashMap<>();
        declared().forEach(name -> folded.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
        Map<String, String> places = new HashMap<>();
        List<String> declared = declared();
        file.stream().filter(declared::contains).forEach(name -> places.put(name, name));
        for (String name : file) {
            String other = folded.get(name.toLowerCase(Locale.ROOT));
            if (other != null && !places.containsValue(other)) {
                places.put(name, other);
            }
        }
        return places;
    }

    /** The edition of a file that has these of the declared columns. */
    public Optional<String> edition(Set<String> file) {
        return editions.stream()
                .filter(edition -> edition.fits(file))
                .map(Edition::name)
                .findFirst();
    }

    /** The missed columns that a file of these columns does not have. */
    public Optional<String> absent(Set<String> file) {
        String absent = missed.stream().filter(column -> !file.contains(column)).collect(Collectors.joining(","));
        return absent.isEmpty() ? Optional.empty() : Optional.of(absent);
    }
}
