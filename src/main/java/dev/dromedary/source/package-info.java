/**
 * The source list: its two formats, what is valid in it, and when a source is due; and the settings
 * of origins. Holds reading and judging of what a user wrote; every problem is reported with its
 * line, and a file with a problem is not used at all.
 *
 * <p>No network, no SQL, no Camel may enter. May import {@code dev.dromedary.transfer}, Jackson
 * with the SnakeYAML below it, and Quartz's {@code CronExpression}.
 */
@NullMarked
package dev.dromedary.source;

import org.jspecify.annotations.NullMarked;
