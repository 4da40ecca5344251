/**
 * Reads digest files, the sidecars of a source: {@code SHA256SUMS}, {@code file.iso.sha256} and
 * their kin. Every byte here was written by a remote server, so a reader answers a right value or
 * says why not, in bounded memory. Pure but for the stream it is given: no network, no clock, no
 * framework.
 *
 * <p>May import {@code java.*} and {@code dev.dromedary.transfer}.
 */
@NullMarked
package dev.dromedary.sidecar;

import org.jspecify.annotations.NullMarked;
