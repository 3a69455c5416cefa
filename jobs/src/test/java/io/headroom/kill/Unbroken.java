package io.headroom.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.headroom.HeadroomProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run of one of the two days that nothing disturbed, and what it left.
 *
 * @param day of what it read
 * @param before the lake as it was before
 * @param lake the lake as it left it
 */
record Unbroken(int day, Path before, Path lake, Course course, LakeContent content, String pageData) {

    private static final class First {
        private static final Unbroken RUN = of(1, TwoDays.shared().emptyLake());
    }

    private static final class Second {
        private static final Unbroken RUN = of(2, first().lake());
    }

    /** The first day's run, on a lake of empty tables. */
    static Unbroken first() {
        return First.RUN;
    }

    /** The second day's run, on what the first left. */
    static Unbroken second() {
        return Second.RUN;
    }

    private static Unbroken of(int day, Path before) {
        try {
            return of(TwoDays.shared(), day, before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Unbroken of(TwoDays days, int day, Path before) throws IOException, InterruptedException {
        Path lake = TwoDays.copy(before, days.folder().resolve("unbroken" + day));
        HeadroomProcess process = HeadroomProcess.start(days.folder(), days.run(day, lake));
        Course course = Course.of(process);
        HeadroomProcess.Ended ended = process.ended();
        assertThat(ended.code()).as(ended.err()).isEqualTo(TwoDays.EXIT_CODE);
        return new Unbroken(day, before, lake, course, LakeContent.of(lake), pageData(lake));
    }

    /** What the page of a lake shows, but for the words on the run that wrote it. */
    static String pageData(Path lake) throws IOException {
        String page = Files.readString(lake.resolve("report/index.html"));
        assertThat(page).as("the page is whole").endsWith("</html>\n");
        String begin = "<script type=\"application/json\" id=\"data\">";
        int start = page.indexOf(begin) + begin.length();
        return page.substring(start, page.indexOf("</script>", start));
    }

    /** Fails where a lake differs from the one that this run left. */
    void assertSame(String as, Path other) throws IOException {
        assertThat(LakeContent.of(other).differences(content)).as(as).isEmpty();
        assertThat(pageData(other)).as(as + ": the page").isEqualTo(pageData);
    }
}
