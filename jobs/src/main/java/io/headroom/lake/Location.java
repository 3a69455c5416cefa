package io.headroom.lake;

import io.headroom.failure.Failure;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.SparkSession;

/** A folder on any Hadoop file system. */
public record Location(FileSystem fileSystem, Path path) {

    /**
     * The folder at a URI, which need not exist. A URI without a scheme is a path of this machine.
     *
     * @param what how a message calls it, as in "The lake"
     */
    public static Location at(SparkSession spark, String uri, String what) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        try {
            Path path = new Path(uri);
            FileSystem fileSystem =
                    path.toUri().getScheme() == null ? FileSystem.getLocal(hadoop) : path.getFileSystem(hadoop);
            return new Location(fileSystem, fileSystem.makeQualified(path));
        } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
            throw Failure.wrongCommand("%s %s cannot be opened: %s".formatted(what, uri, e.getMessage()), e);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException missing) {
                throw Failure.wrongCommand(
                        "%s %s cannot be opened: %s. Use spark-submit with the jars of its file system."
                                .formatted(what, uri, missing.getMessage()),
                        e);
            }
            throw e;
        } catch (IOException e) {
            throw Failure.tryAgain("%s %s cannot be reached: %s".formatted(what, uri, e.getMessage()));
        }
    }

    /** Whether this is the other folder or lies in it. */
    public boolean isIn(Location other) {
        return (path + "/").startsWith(other.path + "/");
    }
}
