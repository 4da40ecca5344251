package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in a user's words why the database cannot be used. */
final class LedgerFailure {

  private LedgerFailure() {}

  /** Returns the failure to throw for whatever a driver, pool or migration threw. */
  static DromedaryException of(Path file, Throwable thrown) {
    SQLiteException cause = cause(thrown);
    boolean isFull =
        cause != null
            && SQLiteErrorCode.getErrorCode(primary(cause)) == SQLiteErrorCode.SQLITE_FULL;
    return new DromedaryException(
        isFull ? FailureCode.DISK_FULL : FailureCode.LEDGER,
        "ledger " + file + " " + explain(thrown),
        thrown);
  }

  private static String explain(Throwable thrown) {
    SQLiteException cause = cause(thrown);
    if (cause == null) {
      return "cannot be used: " + thrown.getMessage();
    }
    return switch (SQLiteErrorCode.getErrorCode(primary(cause))) {
      case SQLITE_NOTADB, SQLITE_CORRUPT ->
          "is damaged or no ledger: move it and its -wal file away and put a copy back,"
              + " or start without: every source is then asked again";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          "is read-only: let the user of this program write the file and its directory";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "is locked by another program: stop it, or give this one another work directory";
      case SQLITE_CANTOPEN ->
          "cannot be opened: check that the directory exists and may be written, and that the"
              + " name is not a directory";
      case SQLITE_FULL -> "cannot grow, the disk is full: make room";
      case SQLITE_IOERR -> "cannot be read or written: check its disk; use a local one";
      case SQLITE_CONSTRAINT -> "refuses a change that breaks its rules: " + cause.getMessage();
      default -> "cannot be used: " + cause.getMessage();
    };
  }

  private static int primary(SQLiteException cause) {
    return cause.getResultCode().code & 0xff;
  }

  private static @Nullable SQLiteException cause(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLiteException found) {
        return found;
      }
    }
    return null;
  }
}
