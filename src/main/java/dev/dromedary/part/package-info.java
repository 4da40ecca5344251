/**
 * Part files: where the bytes of a transfer wait, and the journal that says which of them are
 * there. Holds paths, positional writes, sync, recovery and the copy loop from a body to the disk;
 * no HTTP, no SQL, no decision what to fetch.
 *
 * <p>May import {@code dev.dromedary.transfer} and {@code java.*} only, and {@code
 * com.sun.nio.file} for the option that lets writes pass by the page cache, which the JDK has
 * nowhere else.
 */
@NullMarked
package dev.dromedary.part;

import org.jspecify.annotations.NullMarked;
