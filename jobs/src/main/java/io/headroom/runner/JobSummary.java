package io.headroom.runner;

/**
 * What a run did for one job.
 *
 * @param written rows written
 * @param isCommitted whether anything was, or the inputs were unchanged
 */
public record JobSummary(String job, long written, boolean isCommitted, double seconds) {}
