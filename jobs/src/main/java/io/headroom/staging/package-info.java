/** Typed, de-duplicated, judged facts: one package a table, which declares it and keeps the presets that fill it. */
package io.headroom.staging;
