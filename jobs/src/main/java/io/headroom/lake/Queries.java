package io.headroom.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import io.headroom.failure.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Queries of people over a lake. Only the tables that a query names are opened, so that a small question is answered soon. */
public final class Queries {

    private static final ParserInterface PARSER = CatalystSqlParser$.MODULE$;

    private Queries() {}

    /** The rows of one SELECT. Anything that writes is refused. */
    public static Dataset<Row> select(Lake lake, String query) {
        try {
            List<String> names = new ArrayList<>();
            collect(PARSER.parseQuery(query), names);
            names.stream().distinct().forEach(name -> lake.named(name).ifPresent(table -> open(lake, table)));
            return lake.spark().sql(query);
        } catch (Exception e) {
            if (e instanceof ParseException || e instanceof AnalysisException) {
                throw Failure.wrongCommand("The query cannot be run: " + e.getMessage(), e);
            }
            throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        }
    }

    /** The same rows as text: nested values as JSON, the rest as Spark casts them, in UTC. */
    public static Dataset<Row> text(Dataset<Row> rows) {
        Column[] columns = Arrays.stream(rows.schema().fields())
                .map(field -> text(col("`" + field.name().replace("`", "``") + "`"), field.dataType())
                        .as(field.name()))
                .toArray(Column[]::new);
        return rows.select(columns);
    }

    private static Column text(Column value, DataType type) {
        boolean isNested = type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
        return isNested ? to_json(value) : value.cast("string");
    }

    private static void open(Lake lake, LakeTable table) {
        if (!table.exists()) {
            throw Failure.wrongCommand("There is no table %s in the lake %s. Run `./headroom run` on it first."
                    .formatted(table.table().qualifiedName(), lake.root()));
        }
        lake.spark().sql("CREATE DATABASE IF NOT EXISTS " + table.table().database());
        boolean isOwnCatalog = lake.spark()
                .conf()
                .get("spark.sql.catalogImplementation", "in-memory")
                .equals("in-memory");
        if (isOwnCatalog) {
            // Another lake of the same process may have left its own table under the name; only the name is dropped.
            lake.spark().sql("DROP TABLE IF EXISTS " + table.table().qualifiedName());
        }
        lake.spark()
                .sql("CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s'"
                        .formatted(
                                table.table().qualifiedName(), table.location().replace("'", "\\'")));
    }

    private static void collect(LogicalPlan plan, List<String> names) {
        if (plan instanceof UnresolvedRelation relation) {
            names.add(relation.name().toLowerCase(java.util.Locale.ROOT));
        }
        CollectionConverters.asJava(plan.children()).forEach(child -> collect(child, names));
        CollectionConverters.asJava(plan.innerChildren()).forEach(child -> {
            if (child instanceof LogicalPlan inner) {
                collect(inner, names);
            }
        });
        CollectionConverters.asJava(plan.subqueries()).forEach(child -> collect(child, names));
    }
}
