package io.headroom.fuzz;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The types that Parquet files have columns of, and what a cell's text is in each; one where the text is no such thing. */
enum ColumnType {
    TEXT((name) -> Types.optional(BINARY).as(stringType()).named(name), (group, name, cell) -> group.add(name, cell)),
    BYTES((name) -> Types.optional(BINARY).named(name), (group, name, cell) -> group.add(name, cell)),
    FLAG((name) -> primitive(BOOLEAN, name), (group, name, cell) -> group.add(name, true)),
    INTEGER(
            (name) -> primitive(INT32, name),
            (group, name, cell) -> group.add(name, number(cell).intValue())),
    LONG(
            (name) -> primitive(INT64, name),
            (group, name, cell) -> group.add(name, number(cell).longValue())),
    UNSIGNED(
            (name) -> Types.optional(INT64).as(intType(64, false)).named(name),
            (group, name, cell) -> group.add(name, -number(cell).longValue())),
    REAL(
            (name) -> primitive(FLOAT, name),
            (group, name, cell) -> group.add(name, number(cell).floatValue())),
    NUMBER(
            (name) -> primitive(DOUBLE, name),
            (group, name, cell) -> group.add(name, number(cell).doubleValue())),
    NOT_A_NUMBER((name) -> primitive(DOUBLE, name), (group, name, cell) -> group.add(name, Double.NaN)),
    INFINITE((name) -> primitive(DOUBLE, name), (group, name, cell) -> group.add(name, Double.NEGATIVE_INFINITY)),
    DAY(
            (name) -> Types.optional(INT32).as(dateType()).named(name),
            (group, name, cell) -> group.add(name, (int)
                    instant(cell).atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay())),
    FAR_DAY(
            (name) -> Types.optional(INT32).as(dateType()).named(name),
            (group, name, cell) -> group.add(name, Integer.MAX_VALUE)),
    TIME(
            (name) -> Types.optional(INT64).as(timeType(true, TimeUnit.MICROS)).named(name),
            (group, name, cell) -> group.add(name, 1L)),
    MILLIS(
            (name) -> instants(name, true, TimeUnit.MILLIS),
            (group, name, cell) -> group.add(name, instant(cell).toEpochMilli())),
    MICROS((name) -> instants(name, true, TimeUnit.MICROS), (group, name, cell) -> group.add(name, micros(cell))),
    LOCAL_MICROS(
            (name) -> instants(name, false, TimeUnit.MICROS), (group, name, cell) -> group.add(name, micros(cell))),
    NANOS((name) -> instants(name, true, TimeUnit.NANOS), (group, name, cell) -> group.add(name, micros(cell) * 1000)),
    FAR_MICROS((name) -> instants(name, true, TimeUnit.MICROS), (group, name, cell) -> group.add(name, Long.MAX_VALUE)),
    OLD_MICROS((name) -> instants(name, true, TimeUnit.MICROS), (group, name, cell) -> group.add(name, Long.MIN_VALUE)),
    IMPALA((name) -> primitive(INT96, name), (group, name, cell) -> group.add(name, impala(instant(cell)))),
    CENTS((name) -> decimal(name, 18, 2), (group, name, cell) -> group.add(name, decimal(cell, 2))),
    MONEY((name) -> decimal(name, 38, 18), (group, name, cell) -> group.add(name, decimal(cell, 18))),
    FINE((name) -> decimal(name, 38, 30), (group, name, cell) -> group.add(name, decimal(cell, 30))),
    WHOLE((name) -> decimal(name, 38, 0), (group, name, cell) -> group.add(name, decimal(cell, 0))),
    NESTED(
            (name) -> Types.optionalGroup().optional(INT32).named("a").named(name),
            (group, name, cell) -> group.addGroup(name).add("a", 1)),
    LIST(
            (name) -> Types.optionalList()
                    .optionalElement(BINARY)
                    .as(stringType())
                    .named(name),
            (group, name, cell) -> group.addGroup(name).addGroup("list").add("element", cell)),
    MAP(
            (name) -> Types.optionalMap()
                    .key(BINARY)
                    .as(stringType())
                    .optionalValue(BINARY)
                    .as(stringType())
                    .named(name),
            (group, name, cell) -> {
                Group pair = group.addGroup(name).addGroup("key_value");
                pair.add("key", cell);
                pair.add("value", cell);
            }),
    COUNTED(
            (name) -> Types.optionalMap()
                    .key(BINARY)
                    .as(stringType())
                    .optionalValue(INT64)
                    .named(name),
            (group, name, cell) -> {
                Group pair = group.addGroup(name).addGroup("key_value");
                pair.add("key", "other");
                pair.add("value", number(cell.replaceAll("\\D", "")).longValue());
            });

    interface Declared {
        Type of(String name);
    }

    interface Written {
        void add(Group group, String name, String cell);
    }

    private static final long JULIAN_EPOCH = 2_440_588;

    private final Declared declared;
    private final Written written;

    ColumnType(Declared declared, Written written) {
        this.declared = declared;
        this.written = written;
    }

    Type declared(String name) {
        return declared.of(name);
    }

    void add(Group group, String name, String cell) {
        written.add(group, name, cell);
    }

    /** The type that holds a field's values. */
    static ColumnType of(io.headroom.table.Type type) {
        return switch (type) {
            case STRING -> TEXT;
            case BOOLEAN -> FLAG;
            case INTEGER -> INTEGER;
            case LONG -> LONG;
            case DOUBLE -> NUMBER;
            case MONEY, DECIMAL -> MONEY;
            case DATE -> DAY;
            case TIMESTAMP -> MICROS;
            case STRINGS, DOUBLES -> LIST;
            case COUNTS, LABELS, DECIMALS -> COUNTED;
        };
    }

    private static Type primitive(PrimitiveTypeName type, String name) {
        return Types.optional(type).named(name);
    }

    private static Type instants(String name, boolean isUtc, TimeUnit unit) {
        return Types.optional(INT64).as(timestampType(isUtc, unit)).named(name);
    }

    private static Type decimal(String name, int precision, int scale) {
        return Types.optional(FIXED_LEN_BYTE_ARRAY)
                .length(16)
                .as(decimalType(scale, precision))
                .named(name);
    }

    private static BigDecimal number(String cell) {
        return cell.matches("-?\\d{1,18}(\\.\\d+)?") ? new BigDecimal(cell) : BigDecimal.ONE;
    }

    private static Binary decimal(String cell, int scale) {
        BigInteger unscaled = number(cell).setScale(scale, RoundingMode.DOWN).unscaledValue();
        byte[] digits = unscaled.toByteArray();
        byte[] bytes = new byte[16];
        System.arraycopy(digits, 0, bytes, bytes.length - digits.length, digits.length);
        return Binary.fromConstantByteArray(bytes);
    }

    private static Instant instant(String cell) {
        if (cell.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(cell).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        boolean isInstant = cell.matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        return isInstant ? OffsetDateTime.parse(cell).toInstant() : Instant.EPOCH;
    }

    private static long micros(String cell) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant(cell));
    }

    private static Binary impala(Instant instant) {
        long nanos = (instant.getEpochSecond() % 86_400) * 1_000_000_000 + instant.getNano();
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(nanos).putInt((int) (JULIAN_EPOCH + instant.getEpochSecond() / 86_400));
        return Binary.fromConstantByteArray(bytes.array());
    }
}
