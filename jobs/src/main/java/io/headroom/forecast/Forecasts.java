package io.headroom.forecast;

import io.headroom.forecast.backtest.BacktestJob;
import io.headroom.forecast.capacity_gap.CapacityGap;
import io.headroom.forecast.demand.DemandJob;
import io.headroom.forecast.history.History;
import io.headroom.forecast.model.ModelJob;
import io.headroom.forecast.supply.Supply;
import io.headroom.job.Job;
import java.util.List;

/** The jobs of this stage. */
public final class Forecasts {

    public static final List<Job> JOBS =
            List.of(History.JOB, new ModelJob(), new BacktestJob(), new DemandJob(), Supply.JOB, CapacityGap.JOB);

    private Forecasts() {}
}
