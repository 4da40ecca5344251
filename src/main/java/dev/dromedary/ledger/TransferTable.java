package dev.dromedary.ledger;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Statements on table {@code transfer}; each runs in the handle's transaction. */
final class TransferTable {

  private final Handle handle;

  TransferTable(Handle handle) {
    this.handle = handle;
  }

  /** Inserts a queued transfer unless the source has one that has not ended. */
  Optional<TransferRecord> insert(
      String id, String sourceId, @Nullable String pollId, String target, Instant now) {
    return one(
        handle
            .createQuery(
                """
                INSERT INTO transfer (id, source_id, poll_id, target, state, version, attempts,
                  received_bytes, fetched_bytes, created_at, updated_at)
                VALUES (:id, :source, :poll, :target, 'QUEUED', 0, 0, 0, 0, :now, :now)
                ON CONFLICT (source_id) WHERE ended_at IS NULL DO NOTHING
                RETURNING *""")
            .bind("id", id)
            .bind("source", sourceId)
            .bind("poll", pollId)
            .bind("target", target)
            .bind("now", now.toEpochMilli()));
  }

  /** Stores {@code to} when the row still has the state and version of {@code from}. */
  Optional<TransferRecord> update(TransferRecord from, TransferRecord to, Instant now) {
    FileStamp delivering = to.delivering();
    return one(
        handle
            .createQuery(
                """
                UPDATE transfer SET target = :target, state = :state, version = version + 1,
                  attempts = :attempts, etag = :etag, last_modified = :last_modified,
                  resource = :resource,
                  length_bytes = :length, received_bytes = :received, fetched_bytes = :fetched,
                  code = :code, reason = :reason, next_attempt_at = :next_attempt_at,
                  asked = :asked, worker = :worker, part_file = :part_file,
                  delivering_size_bytes = :delivering_size, delivering_mtime = :delivering_mtime,
                  delivering_file_key = :delivering_key, delivering_for = :delivering_for,
                  verified_by = :verified_by,
                  updated_at = :now, ended_at = :ended_at, superseded_by = NULL
                WHERE id = :id AND state = :from_state AND version = :from_version
                RETURNING *""")
            .bind("target", to.target())
            .bind("state", to.state().name())
            .bind("attempts", to.attempts())
            .bind("etag", to.validators().etag())
            .bind("last_modified", to.validators().lastModified())
            .bind("resource", to.validators().resource())
            .bind("length", Columns.orNull(to.lengthBytes()))
            .bind("received", to.receivedBytes())
            .bind("fetched", to.fetchedBytes())
            .bind("code", Columns.number(to.code()))
            .bind("reason", to.reason())
            .bind("next_attempt_at", Columns.millis(to.nextAttemptAt()))
            .bind("asked", to.asked())
            .bind("worker", to.worker())
            .bind("part_file", to.partFile())
            .bind("delivering_size", delivering == null ? null : (Long) delivering.sizeBytes())
            .bind(
                "delivering_mtime",
                delivering == null ? null : Columns.text(delivering.modifiedAt()))
            .bind("delivering_key", delivering == null ? null : delivering.fileKey())
            .bind("delivering_for", to.deliveringFor())
            .bind("verified_by", to.verifiedBy())
            .bind("now", now.toEpochMilli())
            .bind("ended_at", Columns.millis(to.endedAt()))
            .bind("id", from.id())
            .bind("from_state", from.state().name())
            .bind("from_version", from.version()));
  }

  Optional<TransferRecord> claim(String id, String worker, Instant now) {
    return one(
        handle
            .createQuery(
                """
                UPDATE transfer SET state = 'RUNNING', version = version + 1, worker = :worker,
                  next_attempt_at = NULL, asked = NULL, updated_at = :now
                WHERE id = :id AND ended_at IS NULL
                  AND (state IN ('QUEUED', 'RETRYING') OR worker = :worker)
                RETURNING *""")
            .bind("worker", worker)
            .bind("now", now.toEpochMilli())
            .bind("id", id));
  }

  /** Puts everything that was being worked on back into the queue, and what has waited enough. */
  void requeue(Instant now) {
    handle
        .createUpdate(
            """
            UPDATE transfer SET state = 'QUEUED', version = version + 1, worker = NULL,
              updated_at = :now
            WHERE ended_at IS NULL
              AND (state IN ('RUNNING', 'VERIFYING', 'DELIVERING')
                OR (state = 'RETRYING' AND (next_attempt_at IS NULL OR next_attempt_at <= :now)))""")
        .bind("now", now.toEpochMilli())
        .execute();
  }

  boolean isAnyNotedAfter(Instant latest) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM transfer
              WHERE ended_at IS NULL AND next_attempt_at IS NOT NULL AND updated_at > :latest)""")
        .bind("latest", latest.toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  /** Lets waits that were told after {@code latest} begin now; returns how many were. */
  int setBack(Instant latest, Instant now) {
    return handle
        .createUpdate(
            """
            UPDATE transfer SET next_attempt_at = next_attempt_at - updated_at + :now,
              updated_at = :now
            WHERE ended_at IS NULL AND next_attempt_at IS NOT NULL AND updated_at > :latest""")
        .bind("now", now.toEpochMilli())
        .bind("latest", latest.toEpochMilli())
        .execute();
  }

  /** Takes the open dead letters of the source off the list, because of how this one ended. */
  void supersedeDeadLetters(TransferRecord by) {
    handle
        .createUpdate(
            """
            UPDATE transfer SET superseded_by = :id
            WHERE source_id = :source AND state = 'FAILED' AND superseded_by IS NULL
              AND id <> :id""")
        .bind("id", by.id())
        .bind("source", by.sourceId())
        .execute();
  }

  void deleteUnchanged(String sourceId) {
    handle
        .createUpdate("DELETE FROM transfer WHERE source_id = :source AND state = 'UNCHANGED'")
        .bind("source", sourceId)
        .execute();
  }

  /** Finds the newest that refuses a version of a source still, whatever failed after it. */
  Optional<TransferRecord> refusing(String sourceId, String asked, Instant now, Instant latest) {
    return one(
        handle
            .createQuery(
                """
            SELECT * FROM transfer WHERE source_id = :source AND state = 'FAILED'
              AND asked = :asked AND next_attempt_at > :now AND next_attempt_at <= :latest
            ORDER BY id DESC LIMIT 1""")
            .bind("source", sourceId)
            .bind("asked", asked)
            .bind("now", now.toEpochMilli())
            .bind("latest", latest.toEpochMilli()));
  }

  /** Lets no transfer of a source refuse a version any more. */
  void refuseNone(String sourceId) {
    handle
        .createUpdate(
            """
            UPDATE transfer SET next_attempt_at = NULL, asked = NULL
            WHERE source_id = :source AND state = 'FAILED' AND next_attempt_at IS NOT NULL""")
        .bind("source", sourceId)
        .execute();
  }

  /**
   * Removes what ended before, but the newest of each source, the open dead letters and what
   * refuses a version still.
   */
  int prune(Instant before, Instant now) {
    return handle
        .createUpdate(
            """
            DELETE FROM transfer WHERE ended_at < :before
              AND NOT (state = 'FAILED'
                AND (superseded_by IS NULL OR COALESCE(next_attempt_at, 0) > :now))
              AND EXISTS (SELECT 1 FROM transfer newer
                WHERE newer.source_id = transfer.source_id AND newer.id > transfer.id)""")
        .bind("before", before.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  Optional<TransferRecord> find(String id) {
    return one(handle.createQuery("SELECT * FROM transfer WHERE id = :id").bind("id", id));
  }

  Optional<TransferRecord> activeOf(String sourceId) {
    return one(
        handle
            .createQuery("SELECT * FROM transfer WHERE source_id = :source AND ended_at IS NULL")
            .bind("source", sourceId));
  }

  List<TransferRecord> activeOf(Collection<String> sourceIds) {
    return list(
        AnyOf.query(
            handle, "SELECT * FROM transfer WHERE ended_at IS NULL AND source_id IN", sourceIds));
  }

  boolean isAwaitedAs(String target) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM transfer
              WHERE ended_at IS NULL AND target = :target)""")
        .bind("target", target)
        .mapTo(Boolean.class)
        .one();
  }

  List<TransferRecord> active() {
    return list(handle.createQuery("SELECT * FROM transfer WHERE ended_at IS NULL ORDER BY id"));
  }

  List<TransferRecord> deadLetters() {
    return list(
        handle.createQuery(
            """
            SELECT * FROM transfer WHERE state = 'FAILED' AND superseded_by IS NULL
            ORDER BY ended_at DESC, id DESC"""));
  }

  /**
   * Returns what the sources of open dead letters asked for, by their ids, where it is known and
   * none was polled since.
   */
  Map<String, String> askedByFailed() {
    Map<String, String> asked = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT source_id, asked FROM transfer JOIN source ON source.id = source_id
            WHERE state = 'FAILED' AND superseded_by IS NULL AND asked IS NOT NULL
              AND ended_at >= COALESCE(last_polled_at, 0)""")
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(entry -> asked.put(entry.getKey(), entry.getValue()));
    return asked;
  }

  List<TransferRecord> deadLetters(int offset, int limit) {
    return list(
        handle
            .createQuery(
                """
                SELECT * FROM transfer WHERE state = 'FAILED' AND superseded_by IS NULL
                ORDER BY ended_at DESC, id DESC LIMIT :limit OFFSET :offset""")
            .bind("limit", limit)
            .bind("offset", offset));
  }

  /** Finds the open dead letter that has this id, or whose source has. */
  Optional<TransferRecord> deadLetter(String id) {
    return handle
        .createQuery(
            """
            SELECT * FROM transfer WHERE (id = :id OR source_id = :id)
              AND state = 'FAILED' AND superseded_by IS NULL
            ORDER BY id DESC LIMIT 1""")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  void deadLetterCounts(ObjIntConsumer<FailureCode> counts) {
    handle
        .createQuery(
            """
            SELECT code, COUNT(*) AS many FROM transfer
            WHERE state = 'FAILED' AND superseded_by IS NULL GROUP BY code""")
        .map(
            (row, context) -> {
              FailureCode code = Columns.code(row, "code");
              return Map.entry(
                  code == null ? FailureCode.BUG_FOUND : code, (Integer) row.getInt("many"));
            })
        .forEach(count -> counts.accept(count.getKey(), count.getValue()));
  }

  /** Takes an open dead letter off the list, by nobody's success. */
  boolean discard(String id) {
    return handle
            .createUpdate(
                """
                UPDATE transfer SET superseded_by = 'discarded'
                WHERE id = :id AND state = 'FAILED' AND superseded_by IS NULL""")
            .bind("id", id)
            .execute()
        > 0;
  }

  Optional<TransferRecord> newestOf(String sourceId) {
    return one(
        handle
            .createQuery(
                "SELECT * FROM transfer WHERE source_id = :source ORDER BY id DESC LIMIT 1")
            .bind("source", sourceId));
  }

  int countQueued() {
    return handle
        .createQuery("SELECT COUNT(*) FROM transfer WHERE state = 'QUEUED' AND ended_at IS NULL")
        .map((row, context) -> row.getInt(1))
        .one();
  }

  List<TransferRecord> inTurn(Instant now, int limit) {
    return list(
        handle
            .createQuery(
                """
                SELECT * FROM transfer
                WHERE ended_at IS NULL AND state = 'QUEUED'
                  AND (next_attempt_at IS NULL OR next_attempt_at <= :now)
                ORDER BY id LIMIT :limit""")
            .bind("now", now.toEpochMilli())
            .bind("limit", limit));
  }

  /** A ledger of an older program has those that wait on after a restart as queued. */
  List<TransferRecord> retrying(Instant now, int limit) {
    return list(
        handle
            .createQuery(
                """
                SELECT * FROM transfer
                WHERE ended_at IS NULL
                  AND (state = 'RETRYING' OR (state = 'QUEUED' AND next_attempt_at > :now))
                ORDER BY id LIMIT :limit""")
            .bind("now", now.toEpochMilli())
            .bind("limit", limit));
  }

  List<String> idleSince(Instant before) {
    return handle
        .createQuery(
            """
            SELECT source_id FROM transfer GROUP BY source_id
            HAVING COUNT(*) = COUNT(ended_at) AND MAX(ended_at) < :before
            ORDER BY source_id""")
        .bind("before", before.toEpochMilli())
        .map((row, context) -> row.getString(1))
        .list();
  }

  /** The length is noted when every byte is here. */
  List<TransferRecord> endedWithWhole(Instant before) {
    return list(
        handle
            .createQuery(
                """
                SELECT * FROM transfer
                WHERE ended_at < :before AND length_bytes IS NOT NULL
                  AND (state = 'CANCELLED' OR (state = 'FAILED' AND superseded_by IS NOT NULL))
                ORDER BY id""")
            .bind("before", before.toEpochMilli()));
  }

  List<TransferRecord> ofPoll(String pollId) {
    return list(
        handle
            .createQuery("SELECT * FROM transfer WHERE poll_id = :poll ORDER BY id")
            .bind("poll", pollId));
  }

  private static Optional<TransferRecord> one(Query query) {
    return query.map((row, context) -> read(row)).findOne();
  }

  private static List<TransferRecord> list(Query query) {
    return query.map((row, context) -> read(row)).list();
  }

  private static TransferRecord read(ResultSet row) throws SQLException {
    return new TransferRecord(
        row.getString("id"),
        row.getString("source_id"),
        row.getString("poll_id"),
        row.getString("target"),
        TransferState.valueOf(row.getString("state")),
        row.getLong("version"),
        row.getInt("attempts"),
        Columns.validators(row, ""),
        Columns.optionalLong(row, "length_bytes"),
        row.getLong("received_bytes"),
        row.getLong("fetched_bytes"),
        Columns.code(row, "code"),
        row.getString("reason"),
        Columns.timeOrNull(row, "next_attempt_at"),
        row.getString("asked"),
        row.getString("worker"),
        row.getString("part_file"),
        Columns.stamp(row, "delivering"),
        row.getString("delivering_for"),
        row.getString("verified_by"),
        Columns.time(row, "created_at"),
        Columns.time(row, "updated_at"),
        Columns.timeOrNull(row, "ended_at"));
  }
}
