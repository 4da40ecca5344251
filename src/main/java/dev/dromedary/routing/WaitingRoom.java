package dev.dromedary.routing;

import dev.dromedary.ledger.TransferRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where transfers wait for their time without holding a consumer, a connection or an open file.
 * What is here is in the ledger too, as RETRYING with the time of its next attempt; this is the
 * memory of a process for it: when to wake it, and what its run has learnt so far. A wait lasts as
 * long as it was told, wherever a clock is set meanwhile.
 *
 * <p>Thread-safe.
 */
public final class WaitingRoom {

  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Map<String, Waiting> waiting = new HashMap<>();
  private final TreeSet<Waiting> byTime = new TreeSet<>(WaitingRoom::byEnd);

  /**
   * Creates an empty room.
   *
   * @param clock tells when a wait is ended
   * @param nanoClock times the waits, like {@link System#nanoTime()}
   */
  public WaitingRoom(InstantSource clock, LongSupplier nanoClock) {
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /**
   * Lets a transfer wait from now on; one that waits already waits for so long instead, and keeps
   * what is known of it when there is no run.
   */
  synchronized void enter(String transferId, Duration wait, @Nullable TransferRun run) {
    long end = end(wait);
    Waiting before = waiting.get(transferId);
    long since = before == null ? nanoClock.getAsLong() : before.sinceNanos();
    if (run != null) {
      Predicate<SourceCatalog> isEdited = catalog -> catalog.asksOtherwise(run.source());
      enter(new Waiting(transferId, since, end, run, run.tries().restingHost(), isEdited));
    } else if (before != null) {
      enter(before.until(end));
    } else {
      enter(new Waiting(transferId, since, end, null, null, catalog -> false));
    }
  }

  /** Lets a transfer wait on that waited before the start. */
  synchronized void enter(TransferRecord restored, Duration left) {
    long end = end(left);
    enter(
        new Waiting(
            restored.id(), end, end, null, null, catalog -> isAskedOtherwise(restored, catalog)));
  }

  private long end(Duration wait) {
    return nanoClock.getAsLong() + wait.toNanos();
  }

  /**
   * Says whether the source of a transfer asks for something else than when its wait was told. An
   * older program did not note that.
   */
  static boolean isAskedOtherwise(TransferRecord waits, SourceCatalog catalog) {
    String asked = waits.asked();
    return asked != null && catalog.asksOtherwise(waits.sourceId(), asked);
  }

  /** Times that wrap around are compared by their difference. */
  private static int byEnd(Waiting one, Waiting other) {
    int byTime = Long.signum(one.endNanos() - other.endNanos());
    return byTime == 0 ? one.transferId().compareTo(other.transferId()) : byTime;
  }

  private void enter(Waiting entry) {
    Waiting before = waiting.put(entry.transferId(), entry);
    if (before != null) {
      byTime.remove(before);
    }
    byTime.add(entry);
  }

  /** Returns whose time has come, each once, the one that waited longest first. */
  public synchronized List<String> due() {
    long now = nanoClock.getAsLong();
    List<String> due = new ArrayList<>();
    while (!byTime.isEmpty() && byTime.first().endNanos() - now <= 0) {
      due.add(byTime.pollFirst().transferId());
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
      enter(found.until(nanoClock.getAsLong()));
      if (found.run() != null) {
        found.run().progress().retryAt(clock.instant());
      }
    }
    return true;
  }

  /** Lets a transfer that was called but could not be taken wait again; no other is let in. */
  synchronized void comeAgain(String transferId, Duration wait) {
    Waiting found = waiting.get(transferId);
    if (found != null) {
      enter(found.until(end(wait)));
    }
  }

  /** Says whether a transfer waits, or was called and has not come yet. */
  public synchronized boolean holds(String transferId) {
    return waiting.containsKey(transferId);
  }

  /**
   * Returns for how long a transfer has waited; zero when it does not, or only for what was left of
   * its time at a start.
   */
  synchronized Duration waited(String transferId) {
    Waiting found = waiting.get(transferId);
    long nanos = found == null ? 0 : nanoClock.getAsLong() - found.sinceNanos();
    return Duration.ofNanos(Math.max(0, nanos));
  }

  /** Returns the run of a transfer that waits, when it has one. */
  synchronized Optional<TransferRun> runOf(String transferId) {
    return Optional.ofNullable(waiting.get(transferId)).map(Waiting::run);
  }

  /** Returns the host for whose rest a transfer waits, if it waits for one. */
  synchronized Optional<String> restingHost(String transferId) {
    return Optional.ofNullable(waiting.get(transferId)).map(Waiting::restingHost);
  }

  /** Ends the waits that were told to what a source does not ask for any more. */
  synchronized void wakeEdited(SourceCatalog catalog) {
    wake(entry -> entry.isEdited().test(catalog));
  }

  /** Ends the waits for a host that rests no more. */
  synchronized void wakeForHost(String host) {
    wake(entry -> host.equals(entry.restingHost()));
  }

  private void wake(Predicate<Waiting> which) {
    waiting.values().stream().filter(which).map(Waiting::transferId).toList().forEach(this::wake);
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
      long sinceNanos,
      long endNanos,
      @Nullable TransferRun run,
      @Nullable String restingHost,
      Predicate<SourceCatalog> isEdited) {

    Waiting until(long other) {
      return new Waiting(transferId, sinceNanos, other, run, restingHost, isEdited);
    }
  }
}
