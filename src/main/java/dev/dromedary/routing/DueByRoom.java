package dev.dromedary.routing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what is due as the queue has room for it, host by host, so that a host with much to do
 * holds up what is due of no other (ADR 0029). {@link #next} waits where nothing that is left has
 * room, and returns null when the poll was over before it had; {@link #hasNext} answers at once, as
 * Camel's splitter needs it (ADR 0001). One thread at a time.
 */
final class DueByRoom implements Iterator<@Nullable Object> {

  private final Iterator<Object> due;
  private final Function<Object, Optional<String>> needsRoomOf;
  private final Lines lines;
  private final BooleanSupplier mayGoOn;
  private final BooleanSupplier isOver;
  private final Map<String, Deque<Object>> later = new LinkedHashMap<>();
  private boolean isEnded;

  /**
   * Creates it.
   *
   * @param due what is due, in order; asked for one at a time
   * @param needsRoomOf the host in whose line it will wait; none for what will not be queued
   * @param mayGoOn whether anything new is taken; not any more, once it is not
   * @param isOver whether what has no room stays due for another poll
   */
  DueByRoom(
      Iterator<Object> due,
      Function<Object, Optional<String>> needsRoomOf,
      Lines lines,
      BooleanSupplier mayGoOn,
      BooleanSupplier isOver) {
    this.due = due;
    this.needsRoomOf = needsRoomOf;
    this.lines = lines;
    this.mayGoOn = mayGoOn;
    this.isOver = isOver;
  }

  @Override
  public boolean hasNext() {
    isEnded |= !mayGoOn.getAsBoolean();
    return !isEnded && (due.hasNext() || (!later.isEmpty() && !isOver.getAsBoolean()));
  }

  @Override
  public @Nullable Object next() {
    while (due.hasNext()) {
      Object one = due.next();
      String host = needsRoomOf.apply(one).orElse(null);
      if (host == null || (!later.containsKey(host) && lines.hasRoom(host))) {
        return one;
      }
      later.computeIfAbsent(host, unused -> new ArrayDeque<>()).add(one);
    }
    return ofLater();
  }

  private @Nullable Object ofLater() {
    while (!later.isEmpty()) {
      String host =
          lines
              .awaitRoom(later.keySet(), () -> !mayGoOn.getAsBoolean() || isOver.getAsBoolean())
              .orElse(null);
      if (host == null) {
        isEnded = true;
        return null;
      }
      Object first = firstOf(host);
      String now = needsRoomOf.apply(first).orElse(host);
      if (now.equals(host)) {
        return first;
      }
      // the list, which was edited meanwhile, names another host
      later.computeIfAbsent(now, unused -> new ArrayDeque<>()).add(first);
    }
    return null;
  }

  private Object firstOf(String host) {
    Deque<Object> line = Objects.requireNonNull(later.get(host));
    Object first = line.remove();
    if (line.isEmpty()) {
      later.remove(host);
    }
    return first;
  }

  /** Returns what has not been handed out. */
  Stream<Object> left() {
    Iterable<Object> unseen = () -> due;
    return Stream.concat(
        later.values().stream().flatMap(Deque::stream),
        StreamSupport.stream(unseen.spliterator(), false));
  }

  /** The lines of hosts in the queue. */
  interface Lines {

    /** Says whether the line of a host may become longer. */
    boolean hasRoom(String host);

    /** Waits until the line of one of these may; empty when it was over first. */
    Optional<String> awaitRoom(Set<String> hosts, BooleanSupplier isOver);
  }
}
