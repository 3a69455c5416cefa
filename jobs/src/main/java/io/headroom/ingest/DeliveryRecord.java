package io.headroom.ingest;

import io.headroom.lake.Digest;
import io.headroom.source.Source;
import io.headroom.staging.delivery.Delivery;
import io.headroom.table.Field;
import io.headroom.table.Type;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** One row of {@code staging.delivery}, being filled in. */
final class DeliveryRecord {

    /** What depends on a file's content alone. */
    private static final List<Delivery> MIRRORED = List.of(
            Delivery.PROBLEM,
            Delivery.READ_RECORDS,
            Delivery.USED_RECORDS,
            Delivery.SKIPPED_RECORDS,
            Delivery.UNPARSABLE_RECORDS,
            Delivery.SKIPPED,
            Delivery.RECEIVED_ROWS,
            Delivery.REJECTED_ROWS,
            Delivery.QUIRKS);

    private final Map<Delivery, @Nullable Object> values = new EnumMap<>(Delivery.class);

    /** The record of a file that has been read. */
    static DeliveryRecord of(Shipment shipment, RecordCounts records, String run, String code) {
        var record = new DeliveryRecord();
        LandedFile file = shipment.file();
        Timestamp modifiedAt = Timestamp.from(file.modifiedAt());
        record.put(Delivery.PATH, file.path())
                .put(Delivery.SOURCE, shipment.source().name())
                .put(Delivery.TARGET, shipment.source().target())
                .put(Delivery.CHECKSUM, shipment.checksum())
                .put(Delivery.SIZE_BYTES, file.sizeBytes())
                .put(Delivery.MODIFIED_AT, modifiedAt)
                .put(Delivery.KNOWN_AT, modifiedAt)
                .put(Delivery.PROBLEM, records.problem().orElse(null))
                .put(Delivery.READ_RECORDS, records.read())
                .put(Delivery.USED_RECORDS, records.used())
                .put(Delivery.SKIPPED_RECORDS, records.skippedInAll())
                .put(Delivery.UNPARSABLE_RECORDS, records.unparsable())
                .put(Delivery.SKIPPED, scalaMap(records.skipped()))
                .put(Delivery.RECEIVED_ROWS, 0L)
                .put(Delivery.ACCEPTED_ROWS, 0L)
                .put(Delivery.DUPLICATE_ROWS, 0L)
                .put(Delivery.REJECTED_ROWS, 0L)
                .put(Delivery.SUPERSEDED_ROWS, 0L)
                .put(Delivery.QUIRKS, scalaMap(Map.of()))
                .put(Delivery.DUPLICATES_OF, new String[0])
                .put(Delivery.SUPERSEDED_BY, new String[0])
                .put(Delivery.DEFINITION, Digest.of(shipment.source().definition()))
                .put(Delivery.RUN_ID, run)
                .put(Delivery.CODE_VERSION, code);
        return record;
    }

    /** A record as the lake has it. */
    static DeliveryRecord of(Row row) {
        var record = new DeliveryRecord();
        for (Delivery field : Delivery.values()) {
            Object value = row.getAs(field.column());
            boolean isLacking = value == null && field.spec().isRequired();
            record.values.put(field, isLacking ? blank(field.spec().type()) : value);
        }
        return record;
    }

    /** What a required column holds in a record that is older than the column. */
    private static Object blank(Type type) {
        return switch (type) {
            case STRING -> "";
            case BOOLEAN -> false;
            case INTEGER -> 0;
            case LONG -> 0L;
            case DOUBLE -> 0d;
            case MONEY, DECIMAL -> BigDecimal.ZERO;
            case DATE -> new Date(0);
            case TIMESTAMP -> new Timestamp(0);
            case STRINGS -> new String[0];
            case COUNTS, LABELS, DECIMALS -> scalaMap(Map.of());
            case DOUBLES -> new Double[0];
        };
    }

    /** The record of a file with the same content as this one's. */
    DeliveryRecord copied(Shipment copy, String original, String run, String code) {
        var record = of(copy, new RecordCounts(), run, code);
        for (Delivery field : MIRRORED) {
            record.values.put(field, values.get(field));
        }
        return record.duplicates(count(Delivery.RECEIVED_ROWS) - count(Delivery.REJECTED_ROWS), Set.of(original))
                .put(Delivery.ACCEPTED_ROWS, 0L);
    }

    boolean hasRefusals() {
        return count(Delivery.REJECTED_ROWS) > 0 || count(Delivery.UNPARSABLE_RECORDS) > 0 || !isNull(Delivery.PROBLEM);
    }

    DeliveryRecord put(Delivery field, @Nullable Object value) {
        values.put(field, value);
        return this;
    }

    DeliveryRecord counted(long received, long rejected) {
        return put(Delivery.RECEIVED_ROWS, received)
                .put(Delivery.REJECTED_ROWS, rejected)
                .put(Delivery.ACCEPTED_ROWS, received - rejected);
    }

    DeliveryRecord duplicates(long rows, Set<String> of) {
        return put(Delivery.DUPLICATE_ROWS, rows)
                .put(Delivery.DUPLICATES_OF, of.stream().sorted().toArray(String[]::new))
                .put(Delivery.ACCEPTED_ROWS, count(Delivery.ACCEPTED_ROWS) - rows);
    }

    DeliveryRecord superseded(long rows, String by) {
        String[] all = Stream.concat(supersededBy().stream(), Stream.of(by))
                .distinct()
                .sorted()
                .toArray(String[]::new);
        return put(Delivery.SUPERSEDED_ROWS, count(Delivery.SUPERSEDED_ROWS) + rows)
                .put(Delivery.SUPERSEDED_BY, all);
    }

    /** The record of a file whose new content was refused: what it said before stays. */
    DeliveryRecord kept(Shipment refused, String problem, String run, String code) {
        var record = new DeliveryRecord();
        record.values.putAll(values);
        return record.put(Delivery.CHECKSUM, refused.checksum())
                .put(Delivery.DEFINITION, Digest.of(refused.source().definition()))
                .put(Delivery.PROBLEM, problem + " The rows of its earlier content stay.")
                .put(Delivery.RUN_ID, run)
                .put(Delivery.CODE_VERSION, code);
    }

    /**
     * Whether no more of what was read is refused than its source tolerates. A file refused whole is not; where its earlier
     * rows stay, it is what it said before, unless it is a part of more.
     */
    boolean isComplete(Source source) {
        boolean isStanding =
                count(Delivery.RECEIVED_ROWS) > 0 && !source.identity().isFolderDelivery();
        if (!isNull(Delivery.PROBLEM) && !isStanding) {
            return false;
        }
        long refused = count(Delivery.REJECTED_ROWS) + count(Delivery.UNPARSABLE_RECORDS);
        long all = count(Delivery.RECEIVED_ROWS) + count(Delivery.UNPARSABLE_RECORDS);
        return refused <= source.toleratedRejects() * all;
    }

    DeliveryRecord quirks(Map<String, Long> counts) {
        return put(Delivery.QUIRKS, scalaMap(counts));
    }

    FileKey key() {
        return new FileKey(text(Delivery.SOURCE), text(Delivery.PATH));
    }

    String text(Delivery field) {
        return String.valueOf(values.get(field));
    }

    boolean isNull(Delivery field) {
        return values.get(field) == null;
    }

    long count(Delivery field) {
        return values.get(field) instanceof Long number ? number : 0;
    }

    Timestamp instant(Delivery field) {
        return values.get(field) instanceof Timestamp instant ? instant : new Timestamp(0);
    }

    List<String> duplicatesOf() {
        return paths(Delivery.DUPLICATES_OF);
    }

    List<String> supersededBy() {
        return paths(Delivery.SUPERSEDED_BY);
    }

    private List<String> paths(Delivery field) {
        Object paths = values.get(field);
        if (paths instanceof String[] array) {
            return List.of(array);
        }
        if (paths instanceof scala.collection.Seq<?> seq) {
            return CollectionConverters.asJava(seq).stream()
                    .map(String::valueOf)
                    .toList();
        }
        return List.of();
    }

    Row row() {
        return RowFactory.create(
                Delivery.TABLE.fields().stream().map(this::value).toArray());
    }

    private @Nullable Object value(Field field) {
        return field instanceof Delivery own ? values.get(own) : null;
    }

    private static scala.collection.immutable.Map<String, Long> scalaMap(Map<String, Long> map) {
        return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
    }
}
