/**
 * What a file must look like before it may land: content type, size, first bytes, size beside the
 * version before, and not a web page where none was expected. Pure: no I/O, no clock, no framework.
 *
 * <p>May import {@code java.*} and {@code dev.dromedary.transfer}.
 */
@NullMarked
package dev.dromedary.guard;

import org.jspecify.annotations.NullMarked;
