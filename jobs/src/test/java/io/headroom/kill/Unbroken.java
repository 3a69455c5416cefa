package io.headroom.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.HeadroomProcess;
import io.headroom.kill.Course.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one of the two days came to where nothing disturbed it, stage by stage, each in a process of its own.
 *
 * @param day of what was read
 * @param before the lake as it was before
 */
record Unbroken(int day, Path before, Map<Stage, Left> stages) {

    /**
     * What a stage left.
     *
     * @param before the lake that it found
     * @param lake the lake as it left it
     * @param code the exit code of its process
     */
    record Left(Path before, Path lake, int code, Course course, LakeContent content, Optional<String> pageData) {

        /** Fails where a lake differs from the one that the stage left. */
        void assertSame(String as, Path other) throws IOException {
            assertThat(LakeContent.of(other).differences(content)).as(as).isEmpty();
            if (pageData.isPresent()) {
                assertThat(Unbroken.pageData(other)).as(as + ": the page").isEqualTo(pageData.get());
            }
        }
    }

    private static final class First {
        private static final Unbroken RUN = of(1, TwoDays.shared().emptyLake());
    }

    private static final class Second {
        private static final Unbroken RUN = of(2, first().lake());
    }

    /** The first day, on a lake of empty tables. */
    static Unbroken first() {
        return First.RUN;
    }

    /** The second day, on what the first left. */
    static Unbroken second() {
        return Second.RUN;
    }

    private static Unbroken of(int day, Path before) {
        Map<Stage, Left> stages = new EnumMap<>(Stage.class);
        Path found = before;
        for (Stage stage : Stage.values()) {
            Left left = left(stage, day, found);
            stages.put(stage, left);
            found = left.lake();
        }
        return new Unbroken(day, before, stages);
    }

    private static Left left(Stage stage, int day, Path before) {
        TwoDays days = TwoDays.shared();
        String name = "unbroken%d-%s".formatted(day, stage.name().toLowerCase(Locale.ROOT));
        try {
            Path lake = TwoDays.copy(before, days.folder().resolve(name));
            HeadroomProcess process = HeadroomProcess.start(days.folder(), days.stage(stage, day, lake));
            Course course = Course.of(process);
            HeadroomProcess.Ended ended = process.ended();
            assertThat(ended.code()).as(ended.err()).isEqualTo(stage == Stage.STAGING ? TwoDays.EXIT_CODE : 0);
            Optional<String> page = stage == Stage.REPORT ? Optional.of(pageData(lake)) : Optional.empty();
            return new Left(before, lake, ended.code(), course, LakeContent.of(lake), page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Left stage(Stage stage) {
        return Optional.ofNullable(stages.get(stage)).orElseThrow();
    }

    private Left last() {
        return stage(Stage.REPORT);
    }

    /** The lake as the day left it. */
    Path lake() {
        return last().lake();
    }

    LakeContent content() {
        return last().content();
    }

    /** What the page of a lake shows, but for the words on the run that wrote it. */
    static String pageData(Path lake) throws IOException {
        String page = Files.readString(lake.resolve("report/index.html"));
        assertThat(page).as("the page is whole").endsWith("</html>\n");
        String begin = "<script type=\"application/json\" id=\"data\">";
        int start = page.indexOf(begin) + begin.length();
        return page.substring(start, page.indexOf("</script>", start));
    }

    /** Fails where a lake differs from the one that this day left. */
    void assertSame(String as, Path other) throws IOException {
        last().assertSame(as, other);
    }
}
