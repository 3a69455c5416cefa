/** What the pipeline costs, measured in processes of its own beside DuckDB doing the same work. Nothing here asserts a time. */
package io.headroom.bench;
