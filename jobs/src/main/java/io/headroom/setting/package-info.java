/** What a user sets that changes what aggregates say: read by jobs, part of what they are defined by. Depends on nothing of ours. */
package io.headroom.setting;
