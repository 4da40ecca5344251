package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TooManyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in a user's words why the database cannot be used. */
final class LedgerFailure {

  /** What a connection opens; one that failed has closed again what it had. */
  private static final int OPENED_AT_ONCE = 8;

  private static final String LOCKED =
      "is locked by another program: stop it, or give this one another work directory";

  private static final String NO_LEDGER =
      "is damaged or no ledger: move it and its -wal file away and put a copy back,"
          + " or start without: every source is then asked again";

  /** What SQLite says of a file that another program made, or that lacks what ours made. */
  private static final Pattern LACKING = Pattern.compile("no such (table|column)|has no column");

  private LedgerFailure() {}

  /** Returns the failure to throw for whatever a driver, pool or migration threw. */
  static DromedaryException of(Path file, Throwable thrown) {
    SQLiteException cause = cause(thrown);
    SQLiteErrorCode said =
        cause == null ? SQLiteErrorCode.SQLITE_OK : SQLiteErrorCode.getErrorCode(primary(cause));
    FailureCode code =
        switch (said) {
          case SQLITE_FULL -> FailureCode.DISK_FULL;
          case SQLITE_CANTOPEN, SQLITE_IOERR ->
              areFilesScarce(file) ? FailureCode.NO_DESCRIPTOR : FailureCode.LEDGER;
          default -> FailureCode.LEDGER;
        };
    String why =
        code == FailureCode.NO_DESCRIPTOR
            ? "cannot be opened: " + code.meaning()
            : explain(file, thrown);
    return new DromedaryException(code, "ledger " + file + " " + why, thrown);
  }

  /** Returns the failure to throw when another program does not let go of it. */
  static DromedaryException locked(Path file) {
    return new DromedaryException(FailureCode.LEDGER, "ledger " + file + " " + LOCKED);
  }

  /** Returns the failure to throw where a database has no tables of a ledger. */
  static DromedaryException noLedger(Path file) {
    return new DromedaryException(FailureCode.LEDGER, "ledger " + file + " " + NO_LEDGER);
  }

  private static boolean areFilesScarce(Path file) {
    try {
      open(file.resolveSibling(""), OPENED_AT_ONCE);
      return false;
    } catch (IOException e) {
      return TooManyFiles.isSaidBy(e);
    }
  }

  /** Asks with the directory: closing any file of the database would give up its locks. */
  private static void open(Path directory, int times) throws IOException {
    if (times > 0) {
      try (InputStream opened = Files.newInputStream(directory)) {
        open(directory, times - 1);
      }
    }
  }

  private static String explain(Path file, Throwable thrown) {
    SQLiteException cause = cause(thrown);
    if (cause == null) {
      return "cannot be used: " + thrown.getMessage();
    }
    Optional<Path> directory = directoryInTheWay(file);
    if (directory.isPresent()) {
      return "cannot be opened: " + directory.get() + " is a directory: move it away";
    }
    return switch (SQLiteErrorCode.getErrorCode(primary(cause))) {
      case SQLITE_NOTADB, SQLITE_CORRUPT -> NO_LEDGER;
      case SQLITE_ERROR ->
          LACKING.matcher(cause.getMessage()).find()
              ? NO_LEDGER
              : "cannot be used: " + cause.getMessage();
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          "is read-only: let the user of this program write the file and its directory";
      case SQLITE_BUSY, SQLITE_LOCKED -> LOCKED;
      case SQLITE_CANTOPEN ->
          "cannot be opened: check that the directory exists and may be written";
      case SQLITE_FULL -> "cannot grow, the disk is full: make room";
      case SQLITE_IOERR -> "cannot be read or written: check its disk; use a local one";
      case SQLITE_CONSTRAINT -> "refuses a change that breaks its rules: " + cause.getMessage();
      default -> "cannot be used: " + cause.getMessage();
    };
  }

  /** SQLite takes one in the place of its log for a file that it may not write. */
  private static Optional<Path> directoryInTheWay(Path file) {
    return Stream.of("", "-wal", "-shm")
        .map(end -> file.resolveSibling(file.getFileName() + end))
        .filter(Files::isDirectory)
        .findFirst();
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
