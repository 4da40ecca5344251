package dev.dromedary.ledger;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the ledger is kept and how it is reached.
 *
 * @param file the SQLite database, on a local disk; its directory is made when missing
 * @param busyTimeout how long to wait for another process that has the database locked, zero or
 *     more
 * @param readers connections for reading beside the one for writing, 1 or more
 */
public record LedgerSettings(Path file, Duration busyTimeout, int readers) {

  public LedgerSettings {
    if (busyTimeout.isNegative()) {
      throw new IllegalArgumentException("busyTimeout " + busyTimeout + ": expected zero or more");
    }
    if (readers < 1) {
      throw new IllegalArgumentException("readers " + readers + ": expected 1 or more");
    }
  }

  /** Returns the settings that suit one instance with a database of its own. */
  public static LedgerSettings sqlite(Path file) {
    return new LedgerSettings(file, Duration.ofSeconds(10), 3);
  }
}
