package dev.dromedary.routing;

import dev.dromedary.ledger.TransferRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where transfers wait for their time without holding a consumer, a connection or an open file.
 * What is here is in the ledger too, as RETRYING with the time of its next attempt; this is the
 * memory of a process for it: when to wake it, and what its run has learnt so far.
 *
 * <p>Thread-safe.
 */
public final class WaitingRoom {

  private final Map<String, Waiting> waiting = new HashMap<>();
  private final PriorityQueue<Waiting> byTime =
      new PriorityQueue<>(Comparator.comparing(Waiting::until));

  /**
   * Lets a transfer wait until a time; one that waits already waits until then instead, and keeps
   * what is known of it when there is no run.
   */
  synchronized void enter(String transferId, Instant until, @Nullable TransferRun run) {
    Waiting before = waiting.get(transferId);
    if (run != null) {
      Predicate<SourceCatalog> isEdited = catalog -> catalog.asksOtherwise(run.source());
      enter(new Waiting(transferId, until, run, isEdited));
    } else if (before != null) {
      enter(before.until(until));
    } else {
      enter(new Waiting(transferId, until, null, catalog -> false));
    }
  }

  /** Lets a transfer wait on that waited before the start, until its time as the ledger has it. */
  synchronized void enter(TransferRecord restored, Instant until) {
    enter(new Waiting(restored.id(), until, null, catalog -> isAskedOtherwise(restored, catalog)));
  }

  /**
   * Says whether the source of a transfer asks for something else than when its wait was told. An
   * older program did not note that.
   */
  static boolean isAskedOtherwise(TransferRecord waits, SourceCatalog catalog) {
    String asked = waits.asked();
    return asked != null && catalog.asksOtherwise(waits.sourceId(), asked);
  }

  private void enter(Waiting entry) {
    Waiting before = waiting.put(entry.transferId(), entry);
    if (before != null) {
      byTime.remove(before);
    }
    byTime.add(entry);
  }

  /** Returns whose time has come, each once, the one that waited longest first. */
  public synchronized List<String> due(Instant now) {
    List<String> due = new ArrayList<>();
    while (!byTime.isEmpty() && !byTime.element().until().isAfter(now)) {
      due.add(byTime.remove().transferId());
    }
    return due;
  }

  /**
   * Ends the wait of a transfer at the next tick; returns whether it waited, or is called already.
   */
  public synchronized boolean wake(String transferId) {
    Waiting found = waiting.get(transferId);
    if (found == null) {
      return false;
    }
    if (byTime.contains(found)) {
      enter(found.until(Instant.MIN));
    }
    return true;
  }

  /** Lets a transfer that was called but could not be taken wait again; no other is let in. */
  synchronized void comeAgain(String transferId, Instant at) {
    Waiting found = waiting.get(transferId);
    if (found != null) {
      enter(found.until(at));
    }
  }

  /** Says whether a transfer waits, or was called and has not come yet. */
  public synchronized boolean holds(String transferId) {
    return waiting.containsKey(transferId);
  }

  /** Returns the run of a transfer that waits, when it has one. */
  synchronized Optional<TransferRun> runOf(String transferId) {
    return Optional.ofNullable(waiting.get(transferId)).map(Waiting::run);
  }

  /** Ends the waits that were told to what a source does not ask for any more. */
  synchronized void wakeEdited(SourceCatalog catalog) {
    waiting.values().stream()
        .filter(entry -> entry.isEdited().test(catalog))
        .map(Waiting::transferId)
        .toList()
        .forEach(this::wake);
  }

  /** Takes a transfer out; returns its run, when it has one. */
  synchronized Optional<TransferRun> leave(String transferId) {
    Waiting found = waiting.remove(transferId);
    if (found == null) {
      return Optional.empty();
    }
    byTime.remove(found);
    return Optional.ofNullable(found.run());
  }

  private record Waiting(
      String transferId,
      Instant until,
      @Nullable TransferRun run,
      Predicate<SourceCatalog> isEdited) {

    Waiting until(Instant other) {
      return new Waiting(transferId, other, run, isEdited);
    }
  }
}
