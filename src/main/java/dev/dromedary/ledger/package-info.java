/**
 * The durable record of sources, polls, transfers and attempts, and the only SQL of the program.
 * Every decision about what to record is made elsewhere: what enters here is facts and guarded
 * transitions between states.
 *
 * <p>May import {@code dev.dromedary.transfer}, {@code java.*}, JDBI, HikariCP, Flyway, the SQLite
 * driver and SLF4J. Nothing of SQL, JDBC or JDBI leaves it.
 */
@NullMarked
package dev.dromedary.ledger;

import org.jspecify.annotations.NullMarked;
