package io.headroom.fuzz;

/** A file to deliver. */
final class Mutated {

    private final byte[] content;
    private final String ending;
    private final Kept kept;

    /** @param ending of its name, with the dot */
    Mutated(byte[] content, String ending, Kept kept) {
        this.content = content;
        this.ending = ending;
        this.kept = kept;
    }

    byte[] content() {
        return content;
    }

    String ending() {
        return ending;
    }

    /** What is known of it. */
    Kept kept() {
        return kept;
    }
}
