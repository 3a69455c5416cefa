/** The command line: arguments and configuration in, summaries and exit codes out. */
package io.headroom.cli;
