package io.headroom.source;

import io.headroom.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.jdk.javaapi.CollectionConverters;

/** What the SQL of a source may say: one SELECT over {@code landed}; no other table, no reflection, no file. */
final class Mapping {

    static final String VIEW = "landed";

    private static final ParserInterface PARSER = CatalystSqlParser$.MODULE$;

    private static final Set<String> REFUSED_FUNCTIONS = Set.of(
            "reflect",
            "java_method",
            "try_reflect",
            "input_file_name",
            "rand",
            "randn",
            "uuid",
            "shuffle",
            "random",
            "current_timestamp",
            "now",
            "current_date",
            "curdate",
            "localtimestamp",
            "current_time",
            "monotonically_increasing_id",
            "spark_partition_id",
            "input_file_block_start",
            "input_file_block_length",
            "user",
            "current_user",
            "session_user");
    /** Functions that are called by their name alone. */
    private static final Set<String> BARE_FUNCTIONS = Set.of(
            "current_timestamp", "current_date", "current_time", "localtimestamp", "current_user", "session_user");

    private static final Set<String> ALLOWED_TABLE_FUNCTIONS = Set.of(
            "explode",
            "explode_outer",
            "posexplode",
            "posexplode_outer",
            "inline",
            "inline_outer",
            "stack",
            "variant_explode",
            "variant_explode_outer");

    private Mapping() {}

    static void check(Source source, String origin) {
        checkPlan(plan(source.select(), origin + ": select"), origin);
        checkConditions(source.skip(), origin + ": skip");
        checkConditions(source.refuse(), origin + ": refuse");
    }

    private static void checkConditions(Map<String, String> conditions, String origin) {
        conditions.forEach((name, condition) -> {
            String where = "%s '%s'".formatted(origin, name);
            Expression parsed = expression(condition, where);
            refuseSubqueries(parsed, where);
            checkExpressions(List.of(parsed), where);
        });
    }

    private static void refuseSubqueries(Expression expression, String where) {
        if (expression instanceof SubqueryExpression) {
            throw Failure.wrongCommand(where + " has a subquery; it may look at the columns of its record alone.");
        }
        CollectionConverters.asJava(expression.children()).forEach(child -> refuseSubqueries(child, where));
    }

    private static LogicalPlan plan(String select, String where) {
        try {
            LogicalPlan plan = PARSER.parseQuery(select);
            if (plan instanceof Command) {
                throw Failure.wrongCommand(where + " must be one SELECT.");
            }
            return plan;
        } catch (Exception e) {
            throw unparsable(where, e);
        }
    }

    private static Expression expression(String condition, String where) {
        try {
            return PARSER.parseExpression(condition);
        } catch (Exception e) {
            throw unparsable(where, e);
        }
    }

    private static RuntimeException unparsable(String where, Exception e) {
        if (e instanceof Failure failure) {
            return failure;
        }
        if (e instanceof ParseException parse) {
            return Failure.wrongCommand("%s cannot be parsed: %s".formatted(where, parse.getMessage()), e);
        }
        return new IllegalStateException(where + " cannot be parsed", e);
    }

    private static void checkPlan(LogicalPlan plan, String origin) {
        List<LogicalPlan> nodes = new ArrayList<>();
        collect(plan, nodes);
        List<String> known = new ArrayList<>(List.of(VIEW));
        for (LogicalPlan node : nodes) {
            if (node instanceof UnresolvedWith with) {
                CollectionConverters.asJava(with.cteRelations()).forEach(cte -> known.add(cte._1()));
            }
        }
        for (LogicalPlan node : nodes) {
            if (node instanceof UnresolvedRelation relation && !isKnown(relation, known)) {
                throw Failure.wrongCommand("%s: select reads the table %s. A source sees only the view `%s`."
                        .formatted(origin, relation.name(), VIEW));
            }
            if (node instanceof UnresolvedTableValuedFunction function
                    && !ALLOWED_TABLE_FUNCTIONS.contains(last(function.name().toSeq()))) {
                throw Failure.wrongCommand("%s: select calls the table function %s, which a source may not."
                        .formatted(origin, last(function.name().toSeq())));
            }
            checkExpressions(CollectionConverters.asJava(node.expressions()), origin);
        }
    }

    private static boolean isKnown(UnresolvedRelation relation, List<String> known) {
        return known.stream().anyMatch(relation.name()::equalsIgnoreCase);
    }

    private static void collect(LogicalPlan plan, List<LogicalPlan> nodes) {
        nodes.add(plan);
        CollectionConverters.asJava(plan.children()).forEach(child -> collect(child, nodes));
        CollectionConverters.asJava(plan.subqueriesAll()).forEach(child -> collect(child, nodes));
        if (plan instanceof UnresolvedWith with) {
            CollectionConverters.asJava(with.cteRelations()).forEach(cte -> {
                SubqueryAlias relation = cte._2();
                collect(relation, nodes);
            });
        }
    }

    private static void checkExpressions(List<? extends Expression> expressions, String where) {
        for (Expression expression : expressions) {
            if (expression instanceof UnresolvedAttribute attribute
                    && BARE_FUNCTIONS.contains(attribute.name().toLowerCase(Locale.ROOT))) {
                throw refusedFunction(where, attribute.name());
            }
            if (expression instanceof UnresolvedFunction function
                    && (REFUSED_FUNCTIONS.contains(last(function.nameParts())) || isClock(function))) {
                throw refusedFunction(where, last(function.nameParts()));
            }
            checkExpressions(CollectionConverters.asJava(expression.children()), where);
        }
    }

    /** Without arguments it tells the time of the run. */
    private static boolean isClock(UnresolvedFunction function) {
        return last(function.nameParts()).equals("unix_timestamp")
                && function.arguments().isEmpty();
    }

    private static Failure refusedFunction(String where, String name) {
        return Failure.wrongCommand(
                "%s calls %s, which a source may not: the same file must give the same rows.".formatted(where, name));
    }

    private static String last(scala.collection.Seq<String> name) {
        return name.last().toLowerCase(Locale.ROOT);
    }
}
