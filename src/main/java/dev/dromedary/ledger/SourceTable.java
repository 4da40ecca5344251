package dev.dromedary.ledger;

import dev.dromedary.transfer.TransferState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Statements on table {@code source}; each runs in the handle's transaction. */
final class SourceTable {

  private final Handle handle;

  SourceTable(Handle handle) {
    this.handle = handle;
  }

  void polled(String id, Instant at) {
    handle
        .createUpdate(
            """
            INSERT INTO source (id, last_polled_at) VALUES (:id, :at)
            ON CONFLICT (id) DO UPDATE SET last_polled_at = excluded.last_polled_at""")
        .bind("id", id)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  void neverPolled(String id) {
    handle
        .createUpdate("UPDATE source SET last_polled_at = NULL WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  /**
   * Takes over how a transfer ended; a cancelled one neither counts as a failure nor clears any.
   */
  void ended(TransferRecord transfer) {
    handle
        .createUpdate(
            """
            UPDATE source SET last_outcome = :outcome, last_code = :code, last_reason = :reason,
              consecutive_failures = CASE
                WHEN :outcome = 'FAILED' THEN consecutive_failures + 1
                WHEN :outcome = 'CANCELLED' THEN consecutive_failures
                ELSE 0 END
            WHERE id = :id""")
        .bind("outcome", transfer.state().name())
        .bind("code", Columns.number(transfer.code()))
        .bind("reason", transfer.reason())
        .bind("id", transfer.sourceId())
        .execute();
  }

  void landed(TransferRecord transfer, LandedFile file) {
    setLanded(transfer.sourceId(), file, transfer.endedAt(), transfer.id());
  }

  /** Takes over what the landed file was held against; the rest of it is as it was. */
  void compared(String id, LandedFile file) {
    handle
        .createUpdate(
            """
            UPDATE source SET landed_fingerprint = :fingerprint, landed_verified_by = :verified_by
            WHERE id = :id""")
        .bind("fingerprint", file.urlFingerprint())
        .bind("verified_by", file.verifiedBy())
        .bind("id", id)
        .execute();
  }

  void remember(SourceRecord other) {
    handle
        .createUpdate("INSERT INTO source (id) VALUES (:id) ON CONFLICT (id) DO NOTHING")
        .bind("id", other.id())
        .execute();
    setLanded(other.id(), other.landed(), other.landedAt(), other.landedBy());
  }

  void forgetLanded(String id) {
    setLanded(id, null, null, null);
  }

  private void setLanded(
      String id, @Nullable LandedFile file, @Nullable Instant at, @Nullable String transferId) {
    handle
        .createUpdate(
            """
            UPDATE source SET landed_path = :path, landed_size_bytes = :size,
              landed_mtime = :mtime, landed_file_key = :file_key, landed_etag = :etag,
              landed_last_modified = :last_modified, landed_resource = :resource,
              landed_fingerprint = :fingerprint,
              landed_verified_by = :verified_by, landed_at = :at, landed_transfer_id = :transfer
            WHERE id = :id""")
        .bind("path", file == null ? null : file.path())
        .bind("size", file == null ? null : (Long) file.stamp().sizeBytes())
        .bind("mtime", file == null ? null : Columns.text(file.stamp().modifiedAt()))
        .bind("file_key", file == null ? null : file.stamp().fileKey())
        .bind("etag", file == null ? null : file.validators().etag())
        .bind("last_modified", file == null ? null : file.validators().lastModified())
        .bind("resource", file == null ? null : file.validators().resource())
        .bind("fingerprint", file == null ? null : file.urlFingerprint())
        .bind("verified_by", file == null ? null : file.verifiedBy())
        .bind("at", Columns.millis(at))
        .bind("transfer", transferId)
        .bind("id", id)
        .execute();
  }

  Optional<SourceRecord> find(String id) {
    return handle
        .createQuery("SELECT * FROM source WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Returns those of some sources that are known, in no order. */
  List<SourceRecord> find(Collection<String> ids) {
    return AnyOf.query(handle, "SELECT * FROM source WHERE id IN", ids)
        .map((row, context) -> read(row))
        .list();
  }

  boolean hasLandedAs(String path) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM source WHERE landed_path = :path)")
        .bind("path", path)
        .mapTo(Boolean.class)
        .one();
  }

  Map<String, Instant> lastPolled() {
    Map<String, Instant> times = new HashMap<>();
    handle
        .createQuery("SELECT id, last_polled_at FROM source WHERE last_polled_at IS NOT NULL")
        .map((row, context) -> Map.entry(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
        .forEach(entry -> times.put(entry.getKey(), entry.getValue()));
    return times;
  }

  boolean isAnyPolledAfter(Instant latest) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM source WHERE last_polled_at > :latest)")
        .bind("latest", latest.toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  /** Takes what was polled after {@code latest} for polled now; returns how many were. */
  int setBack(Instant latest, Instant now) {
    return handle
        .createUpdate("UPDATE source SET last_polled_at = :now WHERE last_polled_at > :latest")
        .bind("now", now.toEpochMilli())
        .bind("latest", latest.toEpochMilli())
        .execute();
  }

  /** Says whether a source that was found due is so still: neither polled since nor paused. */
  boolean isDueStill(String id, @Nullable Instant lastPolledAt) {
    SourceRecord now = find(id).orElse(null);
    return now == null
        ? lastPolledAt == null
        : now.pausedAt() == null && Objects.equals(now.lastPolledAt(), lastPolledAt);
  }

  private static SourceRecord read(ResultSet row) throws SQLException {
    TransferState outcome = Columns.stateOrNull(row, "last_outcome");
    return new SourceRecord(
        row.getString("id"),
        Columns.timeOrNull(row, "last_polled_at"),
        outcome,
        Columns.code(row, "last_code"),
        row.getString("last_reason"),
        row.getInt("consecutive_failures"),
        landed(row),
        Columns.timeOrNull(row, "landed_at"),
        row.getString("landed_transfer_id"),
        Columns.timeOrNull(row, "paused_at"));
  }

  private static @Nullable LandedFile landed(ResultSet row) throws SQLException {
    FileStamp stamp = Columns.stamp(row, "landed");
    if (stamp == null) {
      return null;
    }
    return new LandedFile(
        row.getString("landed_path"),
        stamp,
        Columns.validators(row, "landed_"),
        row.getString("landed_fingerprint"),
        row.getString("landed_verified_by"));
  }
}
