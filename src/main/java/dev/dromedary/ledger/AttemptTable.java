package dev.dromedary.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Statements on table {@code attempt}; each runs in the handle's transaction. */
final class AttemptTable {

  private final Handle handle;

  AttemptTable(Handle handle) {
    this.handle = handle;
  }

  void upsert(AttemptRecord attempt) {
    handle
        .createUpdate(
            """
            INSERT INTO attempt (transfer_id, number, started_at, ended_at, url, range_start,
              received_bytes, status, code, reason)
            VALUES (:transfer, :number, :started_at, :ended_at, :url, :range_start,
              :received_bytes, :status, :code, :reason)
            ON CONFLICT (transfer_id, number) DO UPDATE SET ended_at = excluded.ended_at,
              url = excluded.url, range_start = excluded.range_start,
              received_bytes = excluded.received_bytes, status = excluded.status,
              code = excluded.code, reason = excluded.reason""")
        .bind("transfer", attempt.transferId())
        .bind("number", attempt.number())
        .bind("started_at", attempt.startedAt().toEpochMilli())
        .bind("ended_at", Columns.millis(attempt.endedAt()))
        .bind("url", attempt.url())
        .bind("range_start", attempt.rangeStart())
        .bind("received_bytes", attempt.receivedBytes())
        .bind("status", Columns.orNull(attempt.status()))
        .bind("code", Columns.number(attempt.code()))
        .bind("reason", attempt.reason())
        .execute();
  }

  List<AttemptRecord> of(String transferId) {
    return handle
        .createQuery("SELECT * FROM attempt WHERE transfer_id = :id ORDER BY number")
        .bind("id", transferId)
        .map(
            (row, context) ->
                new AttemptRecord(
                    row.getString("transfer_id"),
                    row.getInt("number"),
                    Columns.time(row, "started_at"),
                    Columns.timeOrNull(row, "ended_at"),
                    row.getString("url"),
                    row.getLong("range_start"),
                    row.getLong("received_bytes"),
                    Columns.optionalInt(row, "status"),
                    Columns.code(row, "code"),
                    row.getString("reason")))
        .list();
  }

  int nextNumber(String transferId) {
    return handle
        .createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM attempt WHERE transfer_id = :id")
        .bind("id", transferId)
        .map((row, context) -> row.getInt(1))
        .one();
  }
}
