/** Aggregates of actuals: one package a table, which declares it; its SELECT lies beside it. */
package io.headroom.mart;
