/**
 * The Camel component {@code part-file:}: streams the body of a message into a part of a part file.
 * Checks arguments and calls {@code part}; nothing else.
 *
 * <p>May import {@code transfer}, {@code part} and Camel.
 */
@NullMarked
package dev.dromedary.component;

import org.jspecify.annotations.NullMarked;
