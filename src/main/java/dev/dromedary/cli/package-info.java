/**
 * The command line: options to settings, progress on a terminal, results on the standard streams,
 * exit statuses. Holds what a person at a prompt reads and writes; decisions about transfers may
 * not enter. The only package that touches the standard streams.
 *
 * <p>May import {@code app}, {@code demo}, {@code observe}, {@code source}, {@code transfer},
 * picocli and Jackson's core.
 */
@NullMarked
package dev.dromedary.cli;

import org.jspecify.annotations.NullMarked;
