/** Headroom: batch analytics that tell how much of an AI compute fleet is delivered, energised, busy, paid for and left. */
package io.headroom;
