/**
 * How a series of demand is continued: plain functions over its days, and one MLlib regression of growth rates.
 * Training, forecast and backtest all go through {@link io.headroom.forecast.growth.GrowthModel} and {@link
 * io.headroom.forecast.growth.Forecast}, so that what is scored is what is published.
 */
package io.headroom.forecast.growth;
