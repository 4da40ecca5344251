package dev.dromedary.routing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private final TransferQueues queues;
  private final BooleanSupplier isOver;
  private final Map<String, Deque<Object>> later = new LinkedHashMap<>();

  /**
   * Creates it.
   *
   * @param due what is due, in order; asked for one at a time
   * @param needsRoomOf the host in whose line it will wait; none for what will not be queued
   * @param isOver whether what is left stays due for another poll
   */
  DueByRoom(
      Iterator<Object> due,
      Function<Object, Optional<String>> needsRoomOf,
      TransferQueues queues,
      BooleanSupplier isOver) {
    this.due = due;
    this.needsRoomOf = needsRoomOf;
    this.queues = queues;
    this.isOver = isOver;
  }

  @Override
  public boolean hasNext() {
    return !isOver.getAsBoolean() && (due.hasNext() || !later.isEmpty());
  }

  @Override
  public @Nullable Object next() {
    while (due.hasNext()) {
      Object one = due.next();
      String host = needsRoomOf.apply(one).orElse(null);
      if (host == null || (!later.containsKey(host) && queues.hasRoom(host))) {
        return one;
      }
      later.computeIfAbsent(host, unused -> new ArrayDeque<>()).add(one);
    }
    return queues.awaitRoom(later.keySet(), isOver).map(this::firstOf).orElse(null);
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
}
