/**
 * Decides what to fetch next: resume, start over or skip; which part; over how many connections.
 * Pure: no I/O, no clock, no framework; time is an argument.
 *
 * <p>May import {@code java.*} and {@code dev.dromedary.transfer}.
 */
@NullMarked
package dev.dromedary.plan;

import org.jspecify.annotations.NullMarked;
