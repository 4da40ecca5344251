package dev.dromedary.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Switches a database to its write-ahead log, which lets readers go on while one writes. The file
 * remembers it, so an existing ledger is only asked. While two processes make the same ledger,
 * SQLite refuses the switch at once instead of waiting its busy timeout, hence the tries.
 */
final class WriteAheadLog {

  private static final int TRIES = 100;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private WriteAheadLog() {}

  /** Switches it on unless it is; the connection must not be in a transaction. */
  static void switchOn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int left = TRIES; !isOn(statement); left--) {
        if (left == 0) {
          throw new SQLException("it has no write-ahead log; keep it on a local disk");
        }
        try {
          statement.execute("PRAGMA journal_mode=WAL");
        } catch (SQLiteException e) {
          boolean busy = (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
          if (!busy || left == 1) {
            throw e;
          }
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private static boolean isOn(Statement statement) throws SQLException {
    try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
      return mode.next() && mode.getString(1).equals("wal");
    }
  }
}
