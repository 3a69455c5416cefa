package io.headroom.ingest;

/**
 * What a run did for one source.
 *
 * @param glob the files that it reads
 * @param matched how many files there are that its glob matches
 * @param files files read
 * @param refusedFiles of them refused whole
 * @param superseded accepted rows that another delivery of their slice stands in place of
 * @param skipped records that rules of the source left out
 * @param isIntolerable whether more was refused than the source tolerates, by this run or by one that died before it told
 */
public record SourceSummary(
        String source,
        String target,
        String glob,
        int matched,
        int files,
        int refusedFiles,
        long read,
        long accepted,
        long duplicate,
        long rejected,
        long superseded,
        long skipped,
        boolean isIntolerable) {}
