/** Runs the plan on a lake: finds the touched days, hands narrowed inputs to derivations, writes and records. */
package io.headroom.runner;
