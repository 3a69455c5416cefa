/**
 * What the fleet will need through 2027, and when that exceeds what it has. Everything projected is made here; marts
 * hold actuals only. It reads marts and staging; reports and notebooks read it.
 */
package io.headroom.forecast;
