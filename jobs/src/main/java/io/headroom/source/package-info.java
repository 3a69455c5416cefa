/** How foreign files become rows of a staging table: a mapping in YAML and one SELECT, and the text formats that Spark reads without line numbers. */
package io.headroom.source;
