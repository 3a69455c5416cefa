package io.headroom.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** SHA-256 of files, computed where the files are read. */
final class Checksums {

    private Checksums() {}

    /** The checksum of each file, by URI. */
    static Map<String, String> of(SparkSession spark, List<LandedFile> files) {
        if (files.isEmpty()) {
            return Map.of();
        }
        var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        var hadoop = new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        List<String> uris = files.stream().map(LandedFile::uri).distinct().toList();
        int tasks = Math.min(uris.size(), 4 * context.defaultParallelism());
        return context.parallelize(uris, tasks)
                .mapToPair(uri -> Tuple2.apply(uri, sha256(uri, hadoop.value())))
                .collectAsMap();
    }

    private static String sha256(String uri, Configuration hadoop) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Path path = new Path(uri);
        try (InputStream in = path.getFileSystem(hadoop).open(path)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
