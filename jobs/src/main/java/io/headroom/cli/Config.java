package io.headroom.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.headroom.failure.Failure;
import io.headroom.setting.AllocationRule;
import io.headroom.setting.Settings;
import io.headroom.setting.TokenWeights;
import io.headroom.source.Source;
import io.headroom.source.Sources;
import io.headroom.source.Yaml;
import io.headroom.staging.Staging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file. Paths in it are relative to its folder; the lake, the landing and the data folder may also be
 * URIs of any Hadoop file system.
 *
 * @param lake where the tables live
 * @param landing where exports arrive; may be left to the command line
 * @param data the facts that ship with Headroom
 * @param fleet the fleet that {@code run} simulates where the landing folder does not exist yet
 * @param sources globs of files, one source each
 * @param spark settings of the Spark session
 * @param reportCurrency ISO 4217 code of the currency that totals are also told in; default: USD
 * @param tokenWeights how costs of tokens relate where no time is told
 * @param allocation file of allocation rules
 */
public record Config(
        @Nullable String lake,
        @Nullable String landing,
        @Nullable String data,
        @Nullable String fleet,
        @Nullable List<String> sources,
        @Nullable Map<String, String> spark,
        @JsonProperty("report_currency") @Nullable String reportCurrency,
        @JsonProperty("token_weights") @Nullable TokenWeights tokenWeights,
        @Nullable String allocation) {

    /** Reads a configuration file and resolves its paths. */
    static Config read(Path file) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        ObjectNode tree = Yaml.tree(text(file), file.toString());
        Config raw = Yaml.bind(tree, Config.class, file.toString());
        var config = new Config(
                resolved(folder, raw.lake),
                resolved(folder, raw.landing),
                resolved(folder, raw.data),
                resolved(folder, raw.fleet),
                raw.sources == null
                        ? List.of()
                        : raw.sources.stream()
                                .map(glob -> folder.resolve(glob).normalize().toString())
                                .toList(),
                raw.spark == null ? Map.of() : raw.spark,
                raw.reportCurrency,
                raw.tokenWeights,
                raw.allocation == null
                        ? null
                        : folder.resolve(raw.allocation).normalize().toString());
        config.settings();
        return config;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw Failure.wrongCommand("There is no file %s.".formatted(file), e);
        } catch (IOException e) {
            throw Failure.wrongCommand("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    Settings settings() {
        List<AllocationRule> rules = allocation == null ? List.of() : AllocationFile.read(Path.of(allocation));
        try {
            return new Settings(
                    Optional.ofNullable(reportCurrency).orElse(Settings.DEFAULT.reportCurrency()),
                    Optional.ofNullable(tokenWeights).orElse(TokenWeights.DEFAULT),
                    rules);
        } catch (IllegalArgumentException e) {
            throw Failure.wrongCommand("The configuration cannot be used: %s.".formatted(e.getMessage()), e);
        }
    }

    Map<String, String> sparkSettings() {
        return spark == null ? Map.of() : spark;
    }

    /** The sources of the configuration, each name once. */
    List<Source> allSources() {
        var parser = new Sources(Staging.TARGETS);
        List<Source> parsed = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String file : sourceFiles()) {
            Source source = parser.parse(text(Path.of(file)), file);
            if (!names.add(source.name())) {
                throw Failure.wrongCommand(
                        "%s: another source has the name '%s'. Give it one of its own.".formatted(file, source.name()));
            }
            parsed.add(source);
        }
        return parsed;
    }

    private static @Nullable String resolved(Path folder, @Nullable String path) {
        if (path == null || path.matches("[a-z][a-z0-9+.-]*:.*")) {
            return path;
        }
        return folder.resolve(path).normalize().toString();
    }

    private List<String> sourceFiles() {
        List<String> found = new ArrayList<>();
        for (String glob : sources == null ? List.<String>of() : sources) {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            List<String> matches = below(root(glob))
                    .filter(matcher::matches)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            if (matches.isEmpty()) {
                throw Failure.wrongCommand("No file matches the source glob %s of the configuration.".formatted(glob));
            }
            found.addAll(matches);
        }
        return found;
    }

    /** The folder of a glob before its first wildcard. */
    private static Path root(String glob) {
        String plain = glob.split("[*?\\[{]", 2)[0];
        return Path.of(plain.substring(0, plain.lastIndexOf('/') + 1));
    }

    private static Stream<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
