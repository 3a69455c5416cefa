SELECT scenario, measure, provider, region, origin, compared_from, until, first_day_p50_exceeds, first_day_p90_exceeds,
  supply_at_end, p50_at_end, p90_at_end, max_short_p50, max_short_p90, days_p50_exceeds
FROM capacity_gap
ORDER BY scenario <> 'base', scenario, measure, provider <> 'all', provider, region <> 'all', region
