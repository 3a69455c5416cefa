/** Broken files by the thousand: good ones drawn from the declarations of sources and tables, mutated by a seed, ingested. */
package io.headroom.fuzz;
