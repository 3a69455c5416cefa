package io.headroom.fuzz;

import io.headroom.LakeFixture;
import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import io.headroom.staging.rejected.Rejected;
import io.headroom.table.Lineage;
import io.headroom.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Mutated files of one preset, with good ones between them, and what is known of each. */
final class Batch {

    /** Every so many files one is good: the first mutation leaves it as it is. */
    private static final int GOOD_EVERY = 10;

    private static final int LONGEST_REASON = 2_000;

    /** Every mutation; those of values, which have most parameters, three times. */
    static final List<Mutation> MUTATIONS = Stream.of(
                    LineMutations.ALL,
                    LineMutations.ALL.subList(0, 3),
                    LineMutations.ALL.subList(0, 3),
                    FileMutations.ALL,
                    ColumnMutations.ALL,
                    ParquetMutations.ALL)
            .flatMap(List::stream)
            .toList();

    private static final List<String> FOLDERS =
            List.of("", " ", "'", "%41", "+", "é", "[x]", "{a}", "#", "~", "&", "=", ";", "\u001b[31m");

    private final String preset;
    private final Seeds seeds;
    private final long seed;
    private final Map<String, Mutated> files = new LinkedHashMap<>();

    private Batch(String preset, long seed) {
        this.preset = preset;
        this.seeds = new Seeds(preset);
        this.seed = seed;
    }

    /** So many mutated files of a preset, and good ones besides. */
    static Batch of(String preset, long seed, int mutated) {
        var batch = new Batch(preset, seed);
        Seed sample = batch.seeds.file(0);
        List<Mutation> fitting = MUTATIONS.stream()
                .filter(mutation ->
                        mutation.of(sample, new SplittableRandom(seed)).isPresent())
                .toList();
        for (int number = 0; number < mutated; number++) {
            batch.add(fitting.get(number % fitting.size()), number);
            if (number % GOOD_EVERY == 0) {
                batch.add(new Mutation("good", (good, random) -> Optional.of(as(good))), mutated + number);
            }
        }
        if (sample.isText()) {
            batch.add(LineMutations.LONG_LINE, 2 * mutated);
        }
        return batch;
    }

    private static Mutated as(Seed good) {
        return good.isText()
                ? new Mutated(Text.bytes(Text.lines(good)), Text.ending(good), Kept.all(good))
                : ParquetMutations.typed(good);
    }

    private void add(Mutation mutation, int number) {
        var random = new SplittableRandom(seed + number);
        mutation.of(seeds.file(number), random)
                .ifPresent(file -> files.put(
                        seeds.path("%05d %s%s/file%s"
                                .formatted(
                                        number, mutation.name(), FOLDERS.get(number % FOLDERS.size()), file.ending())),
                        file));
    }

    Source source() {
        return seeds.source();
    }

    Map<String, Mutated> files() {
        return files;
    }

    void deliver(LakeFixture lake) {
        files.forEach((path, file) -> lake.deliver(path, file.content()));
    }

    /** What the lake has to say of each file, where it is not what is known. */
    List<String> faults(LakeFixture lake) {
        Map<String, Row> deliveries = new HashMap<>();
        rows(lake, Delivery.TABLE).forEach(row -> deliveries.put(row.getAs(Delivery.PATH.column()), row));
        Map<String, List<Row>> refusals = new HashMap<>();
        rows(lake, Rejected.TABLE)
                .forEach(row -> refusals.computeIfAbsent(row.getAs(Rejected.PATH.column()), path -> new ArrayList<>())
                        .add(row));
        Map<String, Long> stored = new HashMap<>();
        lake.lake()
                .table(Seeds.target(seeds.source()))
                .read()
                .filter(isOwn())
                .groupBy("path")
                .count()
                .collectAsList()
                .forEach(row -> stored.put(row.getString(0), row.getLong(1)));
        boolean isMerging = seeds.file(0).isMerging();
        List<String> faults = new ArrayList<>();
        files.forEach((path, file) -> {
            Row delivery = deliveries.remove(path);
            if (delivery == null) {
                faults.add(path + " is not in staging.delivery");
            } else {
                new Verdict(
                                file.kept(),
                                delivery,
                                refusals.getOrDefault(path, List.of()),
                                stored.getOrDefault(path, 0L),
                                isMerging,
                                LONGEST_REASON)
                        .faults()
                        .forEach(fault -> faults.add("%s of %s, seed %d: %s".formatted(path, preset, seed, fault)));
            }
        });
        deliveries.keySet().forEach(path -> faults.add(path + " was never delivered"));
        return faults;
    }

    private List<Row> rows(LakeFixture lake, Table table) {
        return lake.lake().table(table).read().filter(isOwn()).collectAsList();
    }

    private Column isOwn() {
        return Lineage.SOURCE.col().equalTo(source().name());
    }
}
