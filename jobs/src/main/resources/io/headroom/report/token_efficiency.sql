SELECT day, provider, region, cluster, total_tokens, output_tokens, gpu_energy_j, it_energy_j, facility_energy_j,
  tokens_per_joule_gpu, tokens_per_joule_it, tokens_per_joule_facility, tokens_per_s_per_mw_facility,
  tokens_per_s_per_mw_provisioned, energy_currency, energy_cost_per_million_tokens, demand_currency,
  demand_charge_per_million_tokens,
  CASE WHEN is_demand_charge_provisional THEN 'provisional' WHEN NOT is_demand_charge_provisional THEN 'final' END
    AS demand_charge_is,
  cue, kg_co2e_per_million_tokens
FROM token_efficiency_daily
WHERE day > date_sub((SELECT max(day) FROM token_efficiency_daily), 400)
ORDER BY day DESC, provider, region, cluster
