package dev.dromedary.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Statements over many sources; each runs in the handle's transaction. */
final class StandingTable {

  private static final String SILENT =
      """
      COALESCE(last_polled_at, 0) < :before AND COALESCE(landed_at, 0) < :before
        AND paused_at IS NULL AND NOT EXISTS (SELECT 1 FROM transfer
          WHERE transfer.source_id = source.id AND (ended_at IS NULL OR ended_at >= :before
            OR (state = 'FAILED' AND superseded_by IS NULL)))""";

  private final Handle handle;

  StandingTable(Handle handle) {
    this.handle = handle;
  }

  int pause(Collection<String> ids, Instant at) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO source (id, paused_at) VALUES (:id, :at)
            ON CONFLICT (id) DO UPDATE SET paused_at = excluded.paused_at
              WHERE source.paused_at IS NULL""");
    ids.forEach(id -> batch.bind("id", id).bind("at", at.toEpochMilli()).add());
    return sum(batch, ids);
  }

  int resume(Collection<String> ids) {
    PreparedBatch batch =
        handle.prepareBatch(
            "UPDATE source SET paused_at = NULL WHERE id = :id AND paused_at IS NOT NULL");
    ids.forEach(id -> batch.bind("id", id).add());
    return sum(batch, ids);
  }

  Set<String> paused() {
    return new HashSet<>(
        handle
            .createQuery("SELECT id FROM source WHERE paused_at IS NOT NULL")
            .map((row, context) -> row.getString(1))
            .list());
  }

  Map<String, SourceStanding> all() {
    Map<String, SourceStanding> standings = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT source.id AS id, paused_at IS NOT NULL AS paused, consecutive_failures,
              last_outcome, transfer.state AS active
            FROM source LEFT JOIN transfer
              ON transfer.source_id = source.id AND transfer.ended_at IS NULL""")
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("id"),
                    new SourceStanding(
                        row.getBoolean("paused"),
                        row.getInt("consecutive_failures"),
                        Columns.stateOrNull(row, "last_outcome"),
                        Columns.stateOrNull(row, "active"))))
        .forEach(entry -> standings.put(entry.getKey(), entry.getValue()));
    return standings;
  }

  List<String> silentSince(Instant before) {
    return handle
        .createQuery("SELECT id FROM source WHERE " + SILENT + " ORDER BY id")
        .bind("before", before.toEpochMilli())
        .map((row, context) -> row.getString(1))
        .list();
  }

  int forget(Collection<String> ids, Instant before) {
    PreparedBatch sources = handle.prepareBatch("DELETE FROM source WHERE id = :id AND " + SILENT);
    ids.forEach(id -> sources.bind("id", id).bind("before", before.toEpochMilli()).add());
    int forgotten = sum(sources, ids);
    PreparedBatch transfers =
        handle.prepareBatch(
            """
            DELETE FROM transfer WHERE source_id = :id
              AND NOT EXISTS (SELECT 1 FROM source WHERE source.id = :id)""");
    ids.forEach(id -> transfers.bind("id", id).add());
    sum(transfers, ids);
    return forgotten;
  }

  private static int sum(PreparedBatch batch, Collection<String> ids) {
    return ids.isEmpty() ? 0 : Arrays.stream(batch.execute()).sum();
  }
}
