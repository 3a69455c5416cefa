package io.headroom.source;

import java.io.Serializable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of paths: stars and question marks within a name, two stars over folders, of which there may be none, sets of
 * characters in brackets and choices in braces. Unlike the JDK's it needs no path that this machine's locale can write.
 */
final class Glob implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Pattern pattern;

    private Glob(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException where a bracket or brace is not closed */
    static Glob of(String glob) {
        try {
            return new Glob(Pattern.compile(regex(glob), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("files is not a glob: " + glob, e);
        }
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    private static String regex(String glob) {
        var regex = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '[') {
                int end = glob.indexOf(']', i + 1);
                if (end < 0) {
                    throw new IllegalArgumentException("files has a [ that is never closed: " + glob);
                }
                regex.append(characters(glob.substring(i + 1, end)));
                i = end;
            } else if (c == '{') {
                depth++;
                regex.append("(?:");
            } else if (c == '}' && depth > 0) {
                depth--;
                regex.append(')');
            } else if (c == ',' && depth > 0) {
                regex.append('|');
            } else {
                regex.append(single(c));
            }
        }
        return regex.toString();
    }

    private static String single(char c) {
        return switch (c) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(String.valueOf(c));
        };
    }

    private static String characters(String inside) {
        boolean isNegated = inside.startsWith("!");
        String listed = (isNegated ? inside.substring(1) : inside).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
        return "(?!/)[" + (isNegated ? "^" : "") + listed + "]";
    }
}
