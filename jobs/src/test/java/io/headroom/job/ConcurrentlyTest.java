package io.headroom.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Pieces are words; what several of them fail by is told in the order of the pieces, whichever failed first. */
class ConcurrentlyTest {

    private static final List<String> PIECES = List.of("a", "b", "c", "d");

    private final Queue<String> begun = new ConcurrentLinkedQueue<>();

    @Test
    void resultsAreInTheOrderOfThePieces() {
        assertThat(Concurrently.each(PIECES, this::work)).containsExactly("A", "B", "C", "D");
        assertThat(Concurrently.inTurn(PIECES, (piece, before) -> true, this::work))
                .containsExactly("A", "B", "C", "D");
        assertThat(begun).endsWith("a", "b", "c", "d");
    }

    @Test
    void theFirstFailureIsThrownWithTheOthersSuppressedWhenAllHaveEnded() {
        assertThatThrownBy(() -> Concurrently.each(PIECES, failing("b", "d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("b")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .satisfiesExactly(other -> assertThat(other)
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage("d")
                                .hasNoSuppressedExceptions()));
        assertThat(begun).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    /** b needs a, and d needs c. */
    @Test
    void whatNeedsAFailedPieceIsNotBegunAndTellsNoFailureOfItsOwn() {
        Map<String, String> needs = Map.of("b", "a", "d", "c");

        assertThatThrownBy(() -> Concurrently.inTurn(
                        PIECES, (piece, before) -> before.equals(needs.get(piece)), failing("a", "c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("c"));
        assertThat(begun).containsExactlyInAnyOrder("a", "c");
    }

    /** c needs both of the pieces that fail. */
    @Test
    void oneFailureOfSeveralPiecesIsSuppressedOnceAndNeverInItself() {
        var one = new IllegalStateException("the disk is full");

        assertThatThrownBy(() -> Concurrently.inTurn(PIECES, (piece, before) -> piece.equals("c"), piece -> {
                    throw one;
                }))
                .isSameAs(one)
                .hasNoSuppressedExceptions();
        assertThatThrownBy(
                        () -> Concurrently.inTurn(PIECES, (piece, before) -> piece.equals("c"), failing("a", "b", "d")))
                .hasMessage("a")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("b", "d"));
    }

    @Test
    void anErrorIsToldAsTheCauseOfAFailure() {
        assertThatThrownBy(() -> Concurrently.each(PIECES, piece -> {
                    throw new AssertionError(piece);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(AssertionError.class)
                .satisfies(first -> assertThat(first.getSuppressed()).hasSize(3));
    }

    private String work(String piece) {
        begun.add(piece);
        return piece.toUpperCase(Locale.ROOT);
    }

    private Function<String, String> failing(String... pieces) {
        List<String> failed = List.of(pieces);
        return piece -> {
            String result = work(piece);
            if (failed.contains(piece)) {
                throw new IllegalArgumentException(piece);
            }
            return result;
        };
    }
}
