/**
 * The vocabulary every stage shares: records, states, outcomes, failure codes, byte ranges,
 * validators. Holds values and pure decisions on them; no I/O, no clock, no framework.
 *
 * <p>May import {@code java.*} only. Every stage package may import it.
 */
@NullMarked
package dev.dromedary.transfer;

import org.jspecify.annotations.NullMarked;
