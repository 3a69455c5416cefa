/** Tables of the lake, and FOCUS lines made of them, as files for others. It reads the lake and writes beside it, never into it. */
@NullMarked
package io.headroom.export;

import org.jspecify.annotations.NullMarked;
