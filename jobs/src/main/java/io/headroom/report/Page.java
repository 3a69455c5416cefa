package io.headroom.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The HTML around the data: words, style and scripts in one file. Text is escaped by the template. */
final class Page {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Page() {}

    static String html(Meta meta, List<Section> sections, String json) {
        List<String> scripts = scripts();
        Map<String, Object> context = new HashMap<>();
        context.put("title", meta.title());
        context.put("asOf", MINUTE.format(meta.asOf()));
        context.put("lake", meta.lake());
        context.put("codeVersion", meta.codeVersion());
        context.put("isSimulated", meta.isSimulated());
        context.put("runSummary", meta.runSummary());
        context.put("hasRunSummary", !meta.runSummary().isEmpty());
        context.put("chapters", chapters(sections));
        context.put("policy", policy(scripts));
        context.put("style", Resource.text("page.css"));
        context.put("json", json);
        context.put("scripts", scripts);
        Template template = Mustache.compiler().escapeHTML(true).compile(Resource.text("page.mustache"));
        return template.execute(context);
    }

    /** In this order, for each builds on those before. */
    private static List<String> scripts() {
        return List.of(
                Resource.echarts(),
                Resource.text("rows.js"),
                Resource.text("tables.js"),
                Resource.text("charts.js"),
                Resource.text("page.js"));
    }

    /** Only these scripts may run, and nothing may be fetched. */
    private static String policy(List<String> scripts) {
        var sources = new StringBuilder();
        for (String script : scripts) {
            sources.append(" 'sha256-").append(digest(script)).append('\'');
        }
        return "default-src 'none'; script-src%s; style-src 'unsafe-inline'; img-src data:; connect-src 'none'; "
                        .formatted(sources)
                + "base-uri 'none'; form-action 'none'";
    }

    private static String digest(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static List<Map<String, Object>> chapters(List<Section> sections) {
        List<Map<String, Object>> chapters = new ArrayList<>();
        for (String name : sections.stream().map(Section::chapter).distinct().toList()) {
            List<Map<String, Object>> ofChapter = sections.stream()
                    .filter(section -> section.chapter().equals(name))
                    .map(Page::words)
                    .toList();
            chapters.add(Map.of("chapter", name, "sections", ofChapter));
        }
        return chapters;
    }

    private static Map<String, Object> words(Section section) {
        return Map.of(
                "id", section.id(),
                "title", section.title(),
                "question", section.question(),
                "definition", section.definition(),
                "caption", section.caption());
    }
}
