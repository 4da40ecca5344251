package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Statements on table {@code poll}; each runs in the handle's transaction. */
final class PollTable {

  private final Handle handle;

  PollTable(Handle handle) {
    this.handle = handle;
  }

  void insert(String id, Instant startedAt) {
    handle
        .createUpdate("INSERT INTO poll (id, started_at) VALUES (:id, :at)")
        .bind("id", id)
        .bind("at", startedAt.toEpochMilli())
        .execute();
  }

  void finish(String id, Instant at, int due) {
    int found =
        handle
            .createUpdate("UPDATE poll SET finished_at = :at, due = :due WHERE id = :id")
            .bind("at", at.toEpochMilli())
            .bind("due", due)
            .bind("id", id)
            .execute();
    if (found == 0) {
      throw new DromedaryException(FailureCode.LEDGER, "poll " + id + " is not in the ledger");
    }
  }

  Optional<PollRecord> find(String id) {
    return handle
        .createQuery("SELECT * FROM poll WHERE id = :id")
        .bind("id", id)
        .map(
            (row, context) ->
                new PollRecord(
                    row.getString("id"),
                    Columns.time(row, "started_at"),
                    Columns.timeOrNull(row, "finished_at"),
                    Columns.optionalInt(row, "due")))
        .findOne();
  }

  /** Removes polls that began before and have no transfer left. */
  void prune(Instant before) {
    handle
        .createUpdate(
            """
            DELETE FROM poll WHERE started_at < :before
              AND NOT EXISTS (SELECT 1 FROM transfer WHERE transfer.poll_id = poll.id)""")
        .bind("before", before.toEpochMilli())
        .execute();
  }
}
