package dev.dromedary.ledger;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.Validators;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the values of the vocabulary stand in columns: times as epoch milliseconds, codes as numbers.
 */
final class Columns {

  private Columns() {}

  static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  static @Nullable Integer orNull(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }

  /** Reads a failure code; a number this program does not know is {@link FailureCode#BUG_FOUND}. */
  static @Nullable FailureCode code(ResultSet row, String column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? null : FailureCode.byNumber(number).orElse(FailureCode.BUG_FOUND);
  }

  static @Nullable Integer number(@Nullable FailureCode code) {
    return code == null ? null : code.number();
  }

  static @Nullable TransferState stateOrNull(ResultSet row, String column) throws SQLException {
    String name = row.getString(column);
    return name == null ? null : TransferState.valueOf(name);
  }

  /** Reads validators from columns with a common prefix. */
  static Validators validators(ResultSet row, String prefix) throws SQLException {
    return new Validators(
        row.getString(prefix + "etag"),
        row.getString(prefix + "last_modified"),
        row.getString(prefix + "resource"));
  }

  /** Reads a stamp from columns with a common prefix; absent when there is no size. */
  static @Nullable FileStamp stamp(ResultSet row, String prefix) throws SQLException {
    long size = row.getLong(prefix + "_size_bytes");
    if (row.wasNull()) {
      return null;
    }
    String modified = row.getString(prefix + "_mtime");
    return new FileStamp(
        size,
        modified == null ? null : Instant.parse(modified),
        row.getString(prefix + "_file_key"));
  }

  /** Writes a file time with all its digits, as ISO 8601. */
  static @Nullable String text(@Nullable Instant fileTime) {
    return fileTime == null ? null : fileTime.toString();
  }
}
