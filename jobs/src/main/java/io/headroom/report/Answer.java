package io.headroom.report;

import java.util.List;
import org.apache.spark.sql.Row;

/** A section and the rows that its query gave, in its columns. */
record Answer(Section section, List<Row> rows) {}
