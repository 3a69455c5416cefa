/** The one way to fail. */
package io.headroom.failure;
