/**
 * Digests of files: computed behind the frontier of a file that still arrives, and compared with
 * what was expected. Holds no decision what happens on a mismatch, and knows no part file.
 *
 * <p>May import {@code dev.dromedary.transfer} and {@code java.*} only.
 */
@NullMarked
package dev.dromedary.digest;

import org.jspecify.annotations.NullMarked;
