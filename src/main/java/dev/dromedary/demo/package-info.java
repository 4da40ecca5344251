/**
 * A scripted HTTP/1.1 origin server on loopback, and the demo that is set up on it. Holds the
 * server, generated content of any length and the faults that can be scripted; speaks raw sockets,
 * so that it can also say what a correct server never would.
 *
 * <p>Nothing of the downloader may enter: it is tested against this. May import {@code java.*},
 * {@code org.jspecify} and {@code dev.dromedary.transfer}.
 */
@NullMarked
package dev.dromedary.demo;

import org.jspecify.annotations.NullMarked;
