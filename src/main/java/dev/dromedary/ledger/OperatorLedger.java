package dev.dromedary.ledger;

import dev.dromedary.transfer.FailureCode;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What operators ask of the {@link Ledger} and change in it: many sources at once, pages of dead
 * letters, who is paused. Thread-safe; fails as the ledger does.
 */
public final class OperatorLedger {

  private final Supplier<LedgerDatabase> opened;
  private final Clock clock;

  OperatorLedger(Supplier<LedgerDatabase> opened, Clock clock) {
    this.opened = opened;
    this.clock = clock;
  }

  /** Lets polls skip sources; returns how many were not paused before. */
  public int pause(Collection<String> sourceIds) {
    return database().write(handle -> new StandingTable(handle).pause(sourceIds, clock.instant()));
  }

  /** Lets polls take sources again; returns how many were paused before. */
  public int resume(Collection<String> sourceIds) {
    return database().write(handle -> new StandingTable(handle).resume(sourceIds));
  }

  /** Returns the ids of the sources that polls skip, also of some that left the list. */
  public Set<String> paused() {
    return database().read(handle -> new StandingTable(handle).paused());
  }

  /** Returns how every source stands that was polled or paused before, by id. */
  public Map<String, SourceStanding> standings() {
    return database().read(handle -> new StandingTable(handle).all());
  }

  /** Returns what is remembered of some sources, by id; those never polled are not in it. */
  public Map<String, SourceRecord> sources(Collection<String> sourceIds) {
    Map<String, SourceRecord> found = new HashMap<>();
    database()
        .<List<SourceRecord>>read(handle -> new SourceTable(handle).find(sourceIds))
        .forEach(record -> found.put(record.id(), record));
    return found;
  }

  /** Returns the transfers of some sources that have not ended, by source. */
  public Map<String, TransferRecord> activeOf(Collection<String> sourceIds) {
    Map<String, TransferRecord> found = new HashMap<>();
    database()
        .<List<TransferRecord>>read(handle -> new TransferTable(handle).activeOf(sourceIds))
        .forEach(record -> found.put(record.sourceId(), record));
    return found;
  }

  /** Finds the newest transfer of a source. */
  public Optional<TransferRecord> newestOf(String sourceId) {
    return database().read(handle -> new TransferTable(handle).newestOf(sourceId));
  }

  /** Returns how many transfers wait in the queue. */
  public int queued() {
    return database().read(handle -> new TransferTable(handle).countQueued());
  }

  /** Returns transfers that are queued and wait for a turn alone, the oldest first. */
  public List<TransferRecord> inTurn(int limit) {
    return database().read(handle -> new TransferTable(handle).inTurn(clock.instant(), limit));
  }

  /** Returns transfers that wait for their next attempt, the oldest first, at most so many. */
  public List<TransferRecord> retrying(int limit) {
    return database().read(handle -> new TransferTable(handle).retrying(clock.instant(), limit));
  }

  /** Returns the ids of the sources whose transfers have all ended before a time. */
  public List<String> idleSince(Instant before) {
    return database().read(handle -> new TransferTable(handle).idleSince(before));
  }

  /**
   * Returns the transfers that ended before a time, cancelled or as dead letters that are not open
   * any more, with every byte here.
   */
  public List<TransferRecord> endedWithWhole(Instant before) {
    return database().read(handle -> new TransferTable(handle).endedWithWhole(before));
  }

  /**
   * Returns the ids of the sources of which nothing happened since a time, and nothing is under
   * way, waits or is paused.
   */
  public List<String> silentSince(Instant before) {
    return database().read(handle -> new StandingTable(handle).silentSince(before));
  }

  /**
   * Forgets those of some sources that are {@linkplain #silentSince silent} still, with all their
   * transfers.
   *
   * @return how many were forgotten
   */
  public int forget(Collection<String> ids, Instant before) {
    return database().writeSoon(handle -> new StandingTable(handle).forget(ids, before));
  }

  /** Returns how many open dead letters there are of each code. */
  public Map<FailureCode, Integer> failuresByCode() {
    return database()
        .read(
            handle -> {
              Map<FailureCode, Integer> counts = new TreeMap<>();
              new TransferTable(handle)
                  .deadLetterCounts((code, many) -> counts.merge(code, many, Integer::sum));
              return counts;
            });
  }

  /** Returns some open dead letters, the last failed first. */
  public List<TransferRecord> failures(int offset, int limit) {
    return database().read(handle -> new TransferTable(handle).deadLetters(offset, limit));
  }

  /** Finds an open dead letter by its own id or that of its source. */
  public Optional<TransferRecord> failure(String id) {
    return database().read(handle -> new TransferTable(handle).deadLetter(id));
  }

  /**
   * Does something while no transfer of a source is active and none can become so, in this process
   * or another: every change of the ledger waits meanwhile.
   *
   * @param work asks the ledger for no change
   * @return what the work says; false when it was not done, since a transfer is active
   */
  public boolean whileIdle(String sourceId, BooleanSupplier work) {
    return database()
        .writeSoon(
            handle ->
                new TransferTable(handle).activeOf(sourceId).isEmpty() && work.getAsBoolean());
  }

  /**
   * Takes a dead letter off the list, and lets its source refuse no version any more.
   *
   * @return whether it was on the list
   */
  public boolean discard(TransferRecord letter) {
    return database()
        .write(
            handle -> {
              TransferTable transfers = new TransferTable(handle);
              transfers.refuseNone(letter.sourceId());
              return transfers.discard(letter.id());
            });
  }

  /**
   * Takes a dead letter off the list that is no longer kept; what it refuses is refused on.
   *
   * @return whether it was on the list
   */
  public boolean prune(TransferRecord letter) {
    return database().write(handle -> new TransferTable(handle).discard(letter.id()));
  }

  private LedgerDatabase database() {
    return opened.get();
  }
}
