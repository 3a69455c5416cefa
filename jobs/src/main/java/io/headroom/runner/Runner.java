package io.headroom.runner;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import io.headroom.failure.Failure;
import io.headroom.job.Input;
import io.headroom.job.Inputs;
import io.headroom.job.Job;
import io.headroom.lake.Commit;
import io.headroom.lake.Commit.Kind;
import io.headroom.lake.Digest;
import io.headroom.lake.Lake;
import io.headroom.lake.LakeTable;
import io.headroom.setting.Settings;
import io.headroom.table.Lineage;
import io.headroom.table.Rule;
import io.headroom.table.Table;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes derived tables: just the days that were touched, each job's result and progress in one commit. */
public final class Runner {

    private final Lake lake;
    private final Instant asOf;
    private final String run;
    private final String code;
    private final Settings settings;
    private final Map<Table, Long> knowledge = new ConcurrentHashMap<>();

    /**
     * A runner on a lake.
     *
     * @param asOf facts that became known later are left out
     */
    public Runner(Lake lake, Instant asOf, String run, String code, Settings settings) {
        this.lake = lake;
        this.asOf = asOf;
        this.run = run;
        this.code = code;
        this.settings = settings;
    }

    /** Computes what has been touched since the job's last commit. */
    public JobSummary run(Job job) {
        long start = System.nanoTime();
        LakeTable output = lake.table(job.writes());
        Map<String, Long> versions = versions(job);
        String definition = definition(job);
        Optional<Commit> last = output.lastCommit(Set.of(Kind.DERIVATION)).map(found -> found._2());
        last.ifPresent(before -> refuseLaterKnowledge(job, before));
        Slice slice = new Touched(lake, job).since(last, versions, definition);
        if (slice instanceof Slice.Days days && days.isEmpty()) {
            return new JobSummary(job.name(), 0, false, seconds(start));
        }
        long before = output.version();
        write(job, slice, new Commit(Kind.DERIVATION, run, code, definition, versions));
        boolean isCommitted = output.version() > before;
        return new JobSummary(job.name(), isCommitted ? output.lastWrittenRows() : 0, isCommitted, seconds(start));
    }

    /** Computes some days anew, moving no watermark. */
    public JobSummary run(Job job, Set<LocalDate> days) {
        long start = System.nanoTime();
        lake.table(job.writes())
                .lastCommit(Set.of(Kind.DERIVATION))
                .ifPresent(last -> refuseLaterKnowledge(job, last._2()));
        Slice slice = job.writes().isByDay() ? new Slice.Days(days) : new Slice.Everything();
        write(job, slice, new Commit(Kind.BACKFILL, run, code, definition(job), Map.of()));
        return new JobSummary(job.name(), lake.table(job.writes()).lastWrittenRows(), true, seconds(start));
    }

    /** Whole tables, for a reader that derives no table. */
    public Inputs inputs(List<Table> tables) {
        List<Input> reads = tables.stream().map(Input::all).toList();
        return new BoundInputs(lake, "The reader", reads, new Slice.Everything(), this::known, settings, asOf);
    }

    private String definition(Job job) {
        return Digest.of(job.readsSettings() ? job.definition() + settings : job.definition());
    }

    /** What a derivation says of its data by raising an error is told as it stands. */
    private void write(Job job, Slice slice, Commit commit) {
        try {
            compute(job, slice, commit);
        } catch (Exception e) {
            Optional<String> said = Raised.message(e);
            if (said.isPresent()) {
                throw Failure.dataRefused(said.get());
            }
            throw e;
        }
    }

    private void compute(Job job, Slice slice, Commit commit) {
        LakeTable output = lake.table(job.writes());
        Dataset<Row> derived = checked(
                job.writes(),
                job.derive(new BoundInputs(lake, job.name(), job.reads(), slice, this::known, settings, asOf)));
        if (slice instanceof Slice.Days days) {
            output.replaceDays(derived.filter(LakeTable.dayPredicate(days.days())), days.days(), commit);
        } else {
            output.overwrite(together(job.writes(), derived), commit);
        }
    }

    /** The rows of a day beside each other, so that they are in few files. */
    private static Dataset<Row> together(Table table, Dataset<Row> rows) {
        return table.isByDay() ? rows.hint("rebalance", col(Table.DAY)) : rows;
    }

    /** The same rows; a row that breaks a rule of its table stops the run when it is computed. */
    private static Dataset<Row> checked(Table table, Dataset<Row> rows) {
        Dataset<Row> checked = rows;
        for (Rule rule : table.rules(Rule.Severity.REFUSE)) {
            Column broken = raise_error(lit("%s: %s".formatted(table.qualifiedName(), rule.name())));
            checked = checked.filter(
                    when(not(expr(rule.condition())), broken.cast("boolean")).otherwise(lit(true)));
        }
        return checked;
    }

    /** Facts that state their own known time are left out until then. */
    private Dataset<Row> known(Table table, Dataset<Row> rows) {
        return statesKnownTime(table) ? rows.filter(Lineage.KNOWN_AT.col().leq(Timestamp.from(asOf))) : rows;
    }

    private static boolean statesKnownTime(Table table) {
        return table.fields().contains(Lineage.KNOWN_AT) && !table.isByDay();
    }

    /** Versions of all inputs, and how far facts that state their known time are known. */
    private Map<String, Long> versions(Job job) {
        Map<String, Long> versions = new TreeMap<>();
        for (Input input : job.reads()) {
            Table table = input.table();
            versions.put(table.qualifiedName(), lake.table(table).version());
            if (statesKnownTime(table)) {
                versions.put(knowledgeKey(table), knowledge.computeIfAbsent(table, this::newestKnown));
            }
        }
        return versions;
    }

    private void refuseLaterKnowledge(Job job, Commit last) {
        for (Input input : job.reads()) {
            long known = last.versions().getOrDefault(knowledgeKey(input.table()), 0L);
            if (known > asOf.toEpochMilli()) {
                throw Failure.laterKnowledge(job.name(), Instant.ofEpochMilli(known), asOf);
            }
        }
    }

    static String knowledgeKey(Table table) {
        return table.qualifiedName() + " known";
    }

    private long newestKnown(Table table) {
        Row newest = known(table, lake.table(table).read())
                .agg(max(Lineage.KNOWN_AT.col()))
                .head();
        return newest.isNullAt(0) ? 0 : newest.getTimestamp(0).getTime();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
