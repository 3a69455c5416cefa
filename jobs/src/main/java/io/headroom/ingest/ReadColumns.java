package io.headroom.ingest;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/** Tells which columns of the rows that it begins with a query needs. */
final class ReadColumns {

    private AttributeSet used;
    private final Set<Attribute> offered = new HashSet<>();

    private ReadColumns(LogicalPlan optimised) {
        used = optimised.outputSet();
        visit(optimised);
    }

    /** Names of the columns that the optimiser does not leave out. */
    static Set<String> of(Dataset<Row> query) {
        var found = new ReadColumns(((org.apache.spark.sql.classic.Dataset<Row>) query)
                .queryExecution()
                .optimizedPlan());
        Set<String> names = new HashSet<>();
        found.offered.stream().filter(found.used::contains).map(Attribute::name).forEach(names::add);
        return names;
    }

    private void visit(LogicalPlan plan) {
        if (plan.children().isEmpty()) {
            offered.addAll(CollectionConverters.asJava(plan.output()));
        }
        used = used.$plus$plus(plan.references());
        CollectionConverters.asJava(plan.children()).forEach(this::visit);
        CollectionConverters.asJava(plan.subqueries()).forEach(this::visit);
    }
}
