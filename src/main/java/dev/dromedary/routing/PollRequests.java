package dev.dromedary.routing;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The sources that somebody wants polled whatever their schedules say; the next poll takes them.
 * Thread-safe.
 */
public final class PollRequests {

  private final Set<String> wanted = new HashSet<>();
  private volatile boolean isHurried;

  /** Asks for sources, by id; a source asked for twice is polled once. */
  public synchronized void add(Collection<String> sourceIds) {
    wanted.addAll(sourceIds);
  }

  /** Asks for the next poll now, for which one that only waits for room in the queue ends. */
  public void hurry() {
    isHurried = true;
  }

  /** Says whether somebody asks for the next poll since the last one began. */
  boolean isHurried() {
    return isHurried;
  }

  /** Returns what was asked for since the last poll and forgets it. */
  synchronized Set<String> take() {
    isHurried = false;
    Set<String> taken = Set.copyOf(wanted);
    wanted.clear();
    return taken;
  }
}
