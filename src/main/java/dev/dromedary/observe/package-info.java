/**
 * What can be seen of running transfers: live facts, snapshots of them, events, the board that
 * knows them all; and the management surface as interfaces: MXBeans, what they tell, what they
 * notify of. Holds facts and arithmetic on them; what decides or changes a transfer may not enter.
 *
 * <p>May import {@code dev.dromedary.transfer}, JMX and SLF4J.
 */
@NullMarked
package dev.dromedary.observe;

import org.jspecify.annotations.NullMarked;
