/** Where tables live: Delta tables on any Hadoop file system, their commits, their lock. Beside ingest, the only package that touches sessions and paths. */
package io.headroom.lake;
