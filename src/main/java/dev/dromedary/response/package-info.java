/**
 * Judges status and headers of one response: which bytes its body carries, of which version, and
 * where a redirect may lead. Every text here was written by a remote server, so each reader answers
 * a clear value or nothing and never throws. Pure: no I/O, no clock, no framework.
 *
 * <p>May import {@code java.*} and {@code dev.dromedary.transfer}.
 */
@NullMarked
package dev.dromedary.response;

import org.jspecify.annotations.NullMarked;
