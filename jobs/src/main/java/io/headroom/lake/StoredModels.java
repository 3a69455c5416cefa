package io.headroom.lake;

import io.headroom.job.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWritable;

/** Models as folders of the lake, written beside and then renamed, so that a folder is always whole. */
final class StoredModels implements Models {

    private final FileSystem fileSystem;
    private final Path root;

    StoredModels(FileSystem fileSystem, Path root) {
        this.fileSystem = fileSystem;
        this.root = root;
    }

    @Override
    public String save(String modelId, MLWritable model) {
        String location = "models/" + modelId;
        Path whole = new Path(root, location);
        Path partial = new Path(root, "models/_writing_" + modelId);
        try {
            if (!fileSystem.exists(whole)) {
                model.write().overwrite().save(partial.toString());
                if (!fileSystem.rename(partial, whole)) {
                    throw new IOException("Cannot rename " + partial + " to " + whole);
                }
            }
            return location;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <M> M load(String location, Function<String, M> loader) {
        return loader.apply(new Path(root, location).toString());
    }
}
