/** What a table is. Everything else depends on this package; it depends on nothing of ours. */
package io.headroom.table;
