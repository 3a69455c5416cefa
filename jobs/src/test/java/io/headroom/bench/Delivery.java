package io.headroom.bench;

import io.headroom.simulator.DcgmMetrics;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A format in which collectors deliver GPU samples. */
enum Delivery {
    PARQUET("gpu_sample/plain_parquet", "*/*.parquet", "parquet", Map.of("compression", "zstd")),
    CSV("gpu_sample/plain_csv", "*/*.csv.gz", "csv", Map.of("compression", "gzip", "header", "true")),
    /** Scrapes of dcgm-exporter, in which a sample is a line for each of its metrics. */
    EXPOSITION("gpu_sample/dcgm_exporter", "*/*.txt.gz", "text", Map.of("compression", "gzip")) {
        @Override
        Dataset<Row> told(Dataset<Row> samples) {
            return DcgmMetrics.exposed(samples);
        }
    };

    private final String preset;
    private final String files;
    private final String writer;
    private final Map<String, String> options;

    Delivery(String preset, String files, String writer, Map<String, String> options) {
        this.preset = preset;
        this.files = files;
        this.writer = writer;
        this.options = options;
    }

    /** The source that reads it. */
    String source() {
        return """
                name: gpu_samples
                extends: %s
                files: '%s'
                tolerated_rejects: 0.01
                """.formatted(preset, files);
    }

    Dataset<Row> told(Dataset<Row> samples) {
        return samples;
    }

    void write(Dataset<Row> samples, String folder) {
        told(samples).write().format(writer).options(options).save(folder);
    }

    /** How the figures name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
