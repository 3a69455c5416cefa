SELECT measure, provider, region, method, horizon_days, origins, points, wape, mase, wql, coverage, width, bias
FROM backtest
ORDER BY measure, provider <> 'all', provider, region <> 'all', region, horizon_days, method
