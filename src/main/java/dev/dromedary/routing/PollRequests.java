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

  /** Asks for sources, by id; a source asked for twice is polled once. */
  public synchronized void add(Collection<String> sourceIds) {
    wanted.addAll(sourceIds);
  }

  /** Returns what was asked for since the last poll and forgets it. */
  synchronized Set<String> take() {
    Set<String> taken = Set.copyOf(wanted);
    wanted.clear();
    return taken;
  }
}
