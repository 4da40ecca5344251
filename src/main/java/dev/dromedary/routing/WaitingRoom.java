package dev.dromedary.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where transfers wait for their time without holding a consumer, a connection or an open file.
 * What is here is in the ledger too, as RETRYING or QUEUED with the time of its next attempt; this
 * is the memory of a process for it: when to wake it, and what its run has learnt so far.
 *
 * <p>Thread-safe.
 */
public final class WaitingRoom {

  private final Map<String, Waiting> waiting = new HashMap<>();
  private final PriorityQueue<Waiting> byTime =
      new PriorityQueue<>(Comparator.comparing(Waiting::until));

  /** Lets a transfer wait until a time; one that waits already waits until then instead. */
  synchronized void enter(String transferId, Instant until, @Nullable TransferRun run) {
    Waiting entry = new Waiting(transferId, until, run);
    Waiting before = waiting.put(transferId, entry);
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
      enter(transferId, Instant.MIN, found.run());
    }
    return true;
  }

  /** Lets a transfer that was called but could not be taken wait again; no other is let in. */
  synchronized void comeAgain(String transferId, Instant at) {
    Waiting found = waiting.get(transferId);
    if (found != null) {
      enter(transferId, at, found.run());
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

  /** Returns the runs of those that wait or were called, as far as they have one. */
  synchronized List<TransferRun> runs() {
    return waiting.values().stream().map(Waiting::run).filter(Objects::nonNull).toList();
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

  private record Waiting(String transferId, Instant until, @Nullable TransferRun run) {}
}
