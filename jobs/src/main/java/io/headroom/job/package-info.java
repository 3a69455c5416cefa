/** What a job is, and the plan that their reads and writes make. A job never meets a session, a path or a writer. */
package io.headroom.job;
