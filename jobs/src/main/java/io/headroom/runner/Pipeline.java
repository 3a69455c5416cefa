package io.headroom.runner;

import io.headroom.forecast.Forecasts;
import io.headroom.job.Job;
import io.headroom.job.Plan;
import io.headroom.mart.Marts;
import io.headroom.staging.Staging;
import io.headroom.table.Table;
import java.util.List;
import java.util.stream.Stream;

/** All jobs and tables of Headroom. */
public final class Pipeline {

    /** The stage that brings files in; no job writes it. */
    public static final String STAGING = "staging";
    /** The stage that writes the page. */
    public static final String REPORT = "report";

    public static final Plan PLAN =
            Plan.of(Stream.concat(Marts.JOBS.stream(), Forecasts.JOBS.stream()).toList());

    public static final List<Table> TABLES = Stream.concat(
                    Staging.TABLES.stream(), PLAN.jobs().stream().map(Job::writes))
            .toList();

    private Pipeline() {}
}
