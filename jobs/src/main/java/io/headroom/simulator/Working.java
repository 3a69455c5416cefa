package io.headroom.simulator;

import io.headroom.staging.gpu_sample.GpuSample;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns that the simulation works with beside those of staging. None of them is delivered. */
enum Working {
    /** The month of a row as the calendar counts, which decides its file. */
    MONTH(DataTypes.IntegerType),
    /** The period of a row, which decides its file, and the part of the hosts that the file tells of. */
    PERIOD(DataTypes.IntegerType),
    PART(DataTypes.IntegerType),
    FROM_S(DataTypes.LongType),
    TO_S(DataTypes.LongType),
    FROM_S_BEFORE(DataTypes.LongType),
    LENGTH_S_BEFORE(DataTypes.LongType),
    /** The instant of a row, in seconds since 1970, and the time that it stands for. */
    AT_S(DataTypes.LongType),
    LENGTH_S(DataTypes.LongType),
    /** Whether what is told of the instant may be late, and whether this row is for the file in which it then is. */
    MAY_BE_LATE(DataTypes.BooleanType),
    IS_AFTERWARDS(DataTypes.BooleanType),

    /** The hosts of a cluster. */
    HOSTS(Host.ARRAY),
    /** Place of a host in its cluster, from 0. */
    RANK(DataTypes.IntegerType),
    /** Hosts of a cluster at the start, in the growth of its capacity, and at an instant. */
    BASE_NODES(DataTypes.LongType),
    STEPS(Host.STEPS),
    NODES(DataTypes.LongType),
    NODES_PER_JOB(DataTypes.IntegerType),
    GPUS_PER_NODE(DataTypes.IntegerType),
    /** UUIDs of a host's GPUs. */
    GPUS(Host.STRINGS),
    TGP_W(DataTypes.DoubleType),
    RACK_BASE_W(DataTypes.DoubleType),
    HAS_NODE_METERS(DataTypes.BooleanType),
    /** Racks of a row; 0 where rows are not told. */
    RACKS_PER_ROW(DataTypes.IntegerType),
    TELEMETRY(DataTypes.StringType),
    PUE(DataTypes.DoubleType),
    PUE_SWING(DataTypes.DoubleType),
    UTC_OFFSET_S(DataTypes.LongType),
    INITIAL_LOAD(DataTypes.DoubleType),
    GROWTH_PER_MONTH(DataTypes.DoubleType),
    TRAINING_SHARE(DataTypes.DoubleType),
    INFERENCE_SHARE(DataTypes.DoubleType),
    AGENTIC_SHARE(DataTypes.DoubleType),

    /** Time is cut into blocks in which a cluster's training jobs stay. */
    BLOCK(DataTypes.LongType),
    BLOCK_START_S(DataTypes.LongType),
    TRAINING_WANTED(DataTypes.LongType),
    TRAINING_NODES(DataTypes.LongType),
    /** Place of a job in its block, from 0. */
    SLOT(DataTypes.LongType),
    JOB_NUMBER(DataTypes.LongType),
    JOB_TEAM(DataTypes.StringType),
    JOB_STATE(DataTypes.StringType),
    JOB_START_S(DataTypes.LongType),
    JOB_END_S(DataTypes.LongType),

    SERVICE_NODES(DataTypes.DoubleType),
    INFERENCE_WANTED(DataTypes.LongType),
    INFERENCE_NODES(DataTypes.LongType),
    AGENTIC_WANTED(DataTypes.LongType),
    AGENTIC_NODES(DataTypes.LongType),

    /** SM activity, mean over a host's GPUs, in ten-thousandths. */
    MEAN_SM_E4(DataTypes.LongType),
    TENSOR_PER_SM(DataTypes.DoubleType),
    DRAM_PER_SM(DataTypes.DoubleType),
    /** Power, mean over a host's GPUs, in tenths of a watt. */
    MEAN_POWER_DW(DataTypes.LongType),
    /** The same, summed over GPUs. */
    SM_E4(DataTypes.LongType),
    POWER_DW(DataTypes.LongType),
    /** Power of the GPU boards alone, in tenths of a watt, where POWER_DW is that of more. */
    GPU_POWER_DW(DataTypes.LongType),
    /** Place of a GPU in its host, from 0. */
    GPU_INDEX(DataTypes.IntegerType),
    HEALTHY_GPUS(DataTypes.LongType),
    ALLOCATED_GPUS(DataTypes.LongType),

    MODEL_SHARE(DataTypes.DoubleType),
    /** Shares of the models before a model, and with it: between them lie its GPU-seconds. */
    SHARE_BEFORE(DataTypes.DoubleType),
    SHARE_THROUGH(DataTypes.DoubleType),
    /** GPU-seconds of a workload; of a model; of these those of prefill and of decode. */
    GPU_S(DataTypes.LongType),
    SERVING_S(DataTypes.LongType),
    PREFILL_S(DataTypes.LongType),
    DECODE_S(DataTypes.LongType),
    TOKENS_PER_GPU_S(DataTypes.DoubleType),
    TOKENS(DataTypes.DoubleType),
    INPUT_PER_REQUEST(DataTypes.DoubleType),
    OUTPUT_PER_REQUEST(DataTypes.DoubleType),
    INPUT_TOKENS(DataTypes.LongType),

    IS_BILLED(DataTypes.BooleanType),
    /** Version of FOCUS, account, currency, and months paid at once, of the bill that tells of a cost. */
    FOCUS(DataTypes.StringType),
    ACCOUNT(DataTypes.StringType),
    CURRENCY(DataTypes.StringType),
    PAID_MONTHS(DataTypes.IntegerType),
    TOKENS_PER_DAY(DataTypes.DoubleType),
    UNIT_PRICE(DataTypes.createDecimalType(10, 4)),
    INSTALLED_GPUS(DataTypes.LongType),
    RATE(DataTypes.createDecimalType(10, 6)),
    COST(DataTypes.createDecimalType(38, 18));

    private final DataType type;

    /** What the array of hosts holds. */
    private static final class Host {
        static final DataType STRINGS = DataTypes.createArrayType(DataTypes.StringType);
        static final DataType ARRAY = DataTypes.createArrayType(new StructType()
                .add("rank", DataTypes.IntegerType)
                .add(GpuSample.RACK.column(), DataTypes.StringType)
                .add(GpuSample.NODE.column(), DataTypes.StringType)
                .add(GpuSample.NVLINK_DOMAIN.column(), DataTypes.StringType)
                .add("gpus", STRINGS));
        static final DataType STEPS = DataTypes.createArrayType(
                new StructType().add("since_s", DataTypes.LongType).add("nodes", DataTypes.LongType));
    }

    Working(DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    Column col() {
        return functions.col(column());
    }
}
