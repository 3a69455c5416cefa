/** Landing files become judged rows of staging tables: found, read, mapped, judged, de-duplicated, written and recorded. */
package io.headroom.ingest;
