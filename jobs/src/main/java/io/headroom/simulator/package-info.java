/**
 * A fleet that never was, written as landing files like those that real sources deliver. Every value is a function of the
 * seed and of identifiers alone, so that the same fleet gives the same files anywhere. Only the launcher uses this package,
 * and no stage knows of it.
 */
package io.headroom.simulator;
