package io.headroom.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headroom.Rows;
import io.headroom.TestSpark;
import io.headroom.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The tables that the page reads, empty until they are drawn, and what its sections show of them. */
final class DrawnTables {

    private final Map<Table, Dataset<Row>> tables = new HashMap<>();
    private final Map<String, JsonNode> answers = new HashMap<>();

    DrawnTables() {
        this(Report.reads());
    }

    DrawnTables(List<Table> reads) {
        reads.forEach(table -> tables.put(table, TestSpark.session().createDataFrame(List.of(), table.schema())));
    }

    void draw(Table table, String drawing) {
        tables.put(table, Rows.of(table, drawing));
    }

    synchronized Dataset<Row> select(String query) {
        tables.forEach((table, rows) -> rows.createOrReplaceTempView(table.name()));
        try {
            return TestSpark.session().sql(query);
        } finally {
            tables.keySet().forEach(table -> TestSpark.session().catalog().dropTempView(table.name()));
        }
    }

    /** A column of a section as the page's script sees it. All tables are drawn before the first. */
    List<@Nullable Object> cells(String id, String name) {
        return cells(answers.computeIfAbsent(id, this::answer), name);
    }

    private JsonNode answer(String id) {
        Section section = Sections.ALL.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        String json = PageData.json(Instant.EPOCH, List.of(Report.answer(this::select, section)));
        try {
            return new ObjectMapper().readTree(json).get("sections").get(0);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A column of a section in the page's data. */
    static List<@Nullable Object> cells(JsonNode section, String name) {
        List<@Nullable Object> cells = new ArrayList<>();
        int index = section.get("columns").findValuesAsText("name").indexOf(name);
        JsonNode values = section.get("columns").get(index).get("values");
        section.get("rows").forEach(row -> cells.add(cell(row.get(index), values)));
        return cells;
    }

    private static @Nullable Object cell(JsonNode cell, @Nullable JsonNode values) {
        if (cell.isNull()) {
            return null;
        }
        return values == null
                ? Double.valueOf(cell.asDouble())
                : values.get(cell.asInt()).asText();
    }
}
