/**
 * What can be seen of running transfers: live facts, snapshots of them, events, and the board that
 * knows them all. Holds facts and arithmetic on them; what decides or changes a transfer may not
 * enter.
 *
 * <p>May import {@code dev.dromedary.transfer} and SLF4J.
 */
@NullMarked
package dev.dromedary.observe;

import org.jspecify.annotations.NullMarked;
