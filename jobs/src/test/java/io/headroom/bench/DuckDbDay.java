package io.headroom.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The same work as the pipeline's, by DuckDB, as somebody with one machine would write it; a program of its own. */
final class DuckDbDay {

    private static final String SCRIPT = "duckdb_day.sql";

    private DuckDbDay() {}

    /** Reads the landing folder of the first argument, writes below the folder of the second, and prints what it counted. */
    public static void main(String[] arguments) throws IOException, SQLException {
        System.out.println(run(Path.of(arguments[0]), Path.of(arguments[1])));
    }

    static Counts run(Path landing, Path out) throws IOException, SQLException {
        Files.createDirectories(out);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET VARIABLE landing = '%s'".formatted(quoted(landing)));
            for (String step : script().split(";\n", -1)) {
                statement.execute(step.replace("${out}", quoted(out)));
            }
            try (ResultSet counts = statement.executeQuery("SELECT read, accepted, duplicate, rejected FROM counts")) {
                counts.next();
                return new Counts(counts.getLong(1), counts.getLong(2), counts.getLong(3), counts.getLong(4));
            }
        }
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }

    private static String script() throws IOException {
        try (InputStream in = DuckDbDay.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("No resource " + SCRIPT);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
