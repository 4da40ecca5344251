package dev.dromedary.routing;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Who waits, in a line for each host. The turn is that of the host which has fewest going on; among
 * equals, and within a host, of who came first. Not thread-safe.
 */
final class HostLines<T> {

  private Map<String, Deque<Waiting<T>>> lines = new HashMap<>();
  private long came;
  private int size;

  /** Lets one wait, behind all of its host. */
  void add(String host, T waiting) {
    add(host, new Waiting<>(++came, waiting));
  }

  private void add(String host, Waiting<T> waiting) {
    lines.computeIfAbsent(host, unused -> new ArrayDeque<>()).add(waiting);
    size++;
  }

  /** Returns how many wait. */
  int size() {
    return size;
  }

  /** Returns how many wait for a host. */
  int length(String host) {
    Deque<Waiting<T>> line = lines.get(host);
    return line == null ? 0 : line.size();
  }

  /**
   * Returns the host whose turn it is, without taking anybody.
   *
   * @param inside how many of a host go on already
   * @param most how many of it may
   */
  Optional<String> next(ToIntFunction<String> inside, ToIntFunction<String> most) {
    String next = null;
    int fewest = 0;
    for (Map.Entry<String, Deque<Waiting<T>>> line : lines.entrySet()) {
      int many = inside.applyAsInt(line.getKey());
      if (many >= most.applyAsInt(line.getKey())) {
        continue;
      }
      if (next == null || many < fewest || (many == fewest && order(line.getKey()) < order(next))) {
        next = line.getKey();
        fewest = many;
      }
    }
    return Optional.ofNullable(next);
  }

  private long order(String host) {
    return Objects.requireNonNull(lines.get(host)).element().order();
  }

  /** Returns whoever came first of a host of which somebody waits. */
  T first(String host) {
    return Objects.requireNonNull(lines.get(host)).element().what();
  }

  /** Takes whoever came first of a host of which somebody waits. */
  T take(String host) {
    Deque<Waiting<T>> line = Objects.requireNonNull(lines.get(host));
    Waiting<T> first = line.remove();
    size--;
    if (line.isEmpty()) {
      lines.remove(host);
    }
    return first.what();
  }

  /** Returns the host of whoever came first of all. */
  Optional<String> oldest() {
    return lines.keySet().stream().min(Comparator.comparingLong(this::order));
  }

  /** Takes out whom {@code who} is true of; returns them in the order they came. */
  List<T> removeIf(Predicate<T> who) {
    List<T> removed = all().stream().filter(who).toList();
    if (!removed.isEmpty()) {
      lines.values().forEach(line -> line.removeIf(waiting -> who.test(waiting.what())));
      lines.values().removeIf(Deque::isEmpty);
      size -= removed.size();
    }
    return removed;
  }

  /** Returns all who wait, in the order they came. */
  List<T> all() {
    return inOrder().stream().map(Waiting::what).toList();
  }

  private List<Waiting<T>> inOrder() {
    return lines.values().stream()
        .flatMap(Deque::stream)
        .sorted(Comparator.comparingLong(Waiting::order))
        .toList();
  }

  /** Lets all wait for the hosts that they have by now. */
  void lineUp(Function<T, String> host) {
    HostLines<T> made = new HostLines<>();
    inOrder().forEach(waiting -> made.add(host.apply(waiting.what()), waiting));
    lines = made.lines;
  }

  /** Returns how many wait for each host. */
  Map<String, Integer> lengths() {
    Map<String, Integer> lengths = new HashMap<>();
    lines.forEach((host, line) -> lengths.put(host, line.size()));
    return lengths;
  }

  private record Waiting<T>(long order, T what) {}
}
