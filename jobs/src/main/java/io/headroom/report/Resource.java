package io.headroom.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The parts of the page that are files. */
final class Resource {

    private Resource() {}

    /** A file beside this package's classes. */
    static String text(String name) {
        try (InputStream in = open(name)) {
            return unixLines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The library that draws the charts, from its webjar in whichever version is on the class path. */
    static String echarts() {
        var properties = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars/echarts/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text(
                "/META-INF/resources/webjars/echarts/%s/echarts.min.js".formatted(properties.getProperty("version")));
    }

    private static InputStream open(String name) {
        InputStream in = Resource.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException(
                    "No %s on the class path. Build Headroom again: its jar is incomplete.".formatted(name));
        }
        return in;
    }

    /** Browsers read a page with these line ends, and a script's digest is taken of what they read. */
    private static String unixLines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }
}
