/**
 * Classifies what went wrong, once, and decides whether and when to try again. Pure: no I/O, no
 * clock, no framework; randomness is an argument.
 *
 * <p>May import {@code java.*}, {@code dev.dromedary.transfer} and the exception classes of {@code
 * org.apache.hc}.
 */
@NullMarked
package dev.dromedary.failure;

import org.jspecify.annotations.NullMarked;
