package io.headroom.cli;

import io.headroom.failure.Failure;
import io.headroom.simulator.Fleet;
import io.headroom.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;

/** Landing files of the fleet that the configuration names. */
final class Simulation {

    private Simulation() {}

    /** Simulates where the configuration names a fleet and the landing folder does not exist, or a simulation into it died. */
    static void ifMissing(Workspace workspace, SparkSession spark, Console console) {
        if (workspace.config().fleet() != null && workspace.landing().isPresent() && !exists(workspace, spark)) {
            run(workspace, spark, console, new Scale());
        }
    }

    static void run(Workspace workspace, SparkSession spark, Console console, Scale scale) {
        String landing = workspace
                .landing()
                .orElseThrow(() -> Failure.wrongCommand("No landing folder is named. Name one by --landing."));
        String fleet = workspace.config().fleet();
        if (fleet == null) {
            throw Failure.wrongCommand("The configuration names no `fleet` to simulate.");
        }
        Fleet scaled = scale.of(Fleet.parse(Config.text(Path.of(fleet)), fleet));
        console.progress("simulating the fleet of %s, %,d GPUs from %s to %s, into %s"
                .formatted(fleet, scaled.gpus(), scaled.start(), scaled.end(), landing));
        new Simulator(spark, scaled).write(landing);
    }

    private static boolean exists(Workspace workspace, SparkSession spark) {
        String landing = workspace.landing().orElseThrow();
        try {
            if (Simulator.isUnfinished(landing, spark.sparkContext().hadoopConfiguration())) {
                return false;
            }
            var path = new org.apache.hadoop.fs.Path(landing);
            return path.toUri().getScheme() == null
                    ? FileSystem.getLocal(spark.sparkContext().hadoopConfiguration())
                            .exists(path)
                    : path.getFileSystem(spark.sparkContext().hadoopConfiguration())
                            .exists(path);
        } catch (IOException e) {
            throw Failure.tryAgain("The landing folder %s cannot be looked at: %s".formatted(landing, e.getMessage()));
        }
    }
}
