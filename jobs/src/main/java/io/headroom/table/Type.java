package io.headroom.table;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The column types that tables are made of. */
public enum Type {
    STRING(DataTypes.StringType),
    BOOLEAN(DataTypes.BooleanType),
    INTEGER(DataTypes.IntegerType),
    LONG(DataTypes.LongType),
    DOUBLE(DataTypes.DoubleType),
    /** An amount of money, exact. Its currency stands in a column of its own. */
    MONEY(DataTypes.createDecimalType(38, 18)),
    /** A number that is the exact sum of its parts. */
    DECIMAL(DataTypes.createDecimalType(20, 6)),
    DATE(DataTypes.DateType),
    TIMESTAMP(DataTypes.TimestampType),
    STRINGS(DataTypes.createArrayType(DataTypes.StringType)),
    COUNTS(DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType)),
    /** Texts by name: tags, or columns that only some providers have. */
    LABELS(DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType)),
    DECIMALS(DataTypes.createMapType(DataTypes.StringType, DataTypes.createDecimalType(20, 6))),
    DOUBLES(DataTypes.createArrayType(DataTypes.DoubleType));

    private final DataType dataType;

    Type(DataType dataType) {
        this.dataType = dataType;
    }

    public DataType dataType() {
        return dataType;
    }

    /** The type as Spark SQL spells it. */
    public String sql() {
        return dataType.sql();
    }
}
