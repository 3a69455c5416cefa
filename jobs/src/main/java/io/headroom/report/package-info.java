/**
 * The page that a run ends with: one HTML file that carries its charts and rows and asks the network for nothing. It
 * reads staging, mart and forecast, and nothing reads it. What comes from data stays text on its way into the page.
 */
@NullMarked
package io.headroom.report;

import org.jspecify.annotations.NullMarked;
