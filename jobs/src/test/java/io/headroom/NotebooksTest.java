package io.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headroom.runner.Pipeline;
import io.headroom.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notes ask what tables can answer: each question is understood, by the defaults of its forms. */
class NotebooksTest {

    private static final Path NOTES = Path.of(System.getProperty("headroom.home"), "notebooks");
    private static final Pattern FORM = Pattern.compile("\\$\\{\\w+=([^},]*)[^}]*}");
    private static final Pattern READ = Pattern.compile("\\b(mart|forecast)\\.(\\w+)");
    private static final Pattern OPENED =
            Pattern.compile("(?s).*EXISTS (\\S+) USING delta LOCATION '[^']*?/(\\w+/\\w+)'");
    private static final String INTERPRETER = "%spark.sql\n";

    private static SparkSession session;

    static List<Path> notes() throws IOException {
        try (Stream<Path> files = Files.list(NOTES)) {
            return files.filter(file -> file.toString().endsWith(".zpln"))
                    .sorted()
                    .toList();
        }
    }

    @BeforeAll
    static void openEmptyTables() {
        session = TestSpark.session().newSession();
        for (Table table : Pipeline.TABLES) {
            session.createDataFrame(List.of(), table.schema())
                    .createOrReplaceTempView(table.database() + "_" + table.name());
        }
    }

    @ParameterizedTest
    @MethodSource("notes")
    void everyQuestionIsUnderstoodAndItsTablesAreOpened(Path note) throws IOException {
        Set<String> opened = new TreeSet<>();
        Set<String> read = new TreeSet<>();
        List<String> answered = new ArrayList<>();
        for (String statement : statements(note)) {
            if (statement.startsWith("CREATE TABLE")) {
                var table = OPENED.matcher(statement);
                assertThat(table.matches()).as(statement).isTrue();
                assertThat(table.group(2)).isEqualTo(table.group(1).replace('.', '/'));
                opened.add(table.group(1));
            } else if (!statement.startsWith("CREATE DATABASE")) {
                READ.matcher(statement).results().map(MatchResult::group).forEach(read::add);
                String query = FORM.matcher(statement).replaceAll("$1");
                answered.add(session.sql(READ.matcher(query).replaceAll("$1_$2"))
                        .schema()
                        .simpleString());
            }
        }

        assertThat(answered).isNotEmpty();
        assertThat(opened).isEqualTo(read);
        assertThat(Pipeline.TABLES).extracting(Table::qualifiedName).containsAll(opened);
    }

    private static List<String> statements(Path note) throws IOException {
        List<String> statements = new ArrayList<>();
        for (JsonNode paragraph : new ObjectMapper().readTree(note.toFile()).get("paragraphs")) {
            String text = paragraph.get("text").asText();
            assertThat(text).startsWith(INTERPRETER);
            statements.add(text.substring(INTERPRETER.length()));
        }
        return statements;
    }
}
