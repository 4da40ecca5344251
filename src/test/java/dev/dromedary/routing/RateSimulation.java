package dev.dromedary.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections that always have bytes at hand and are held back by limits alone, on a clock that
 * jumps from one event to the next. Not thread-safe.
 */
final class RateSimulation {

  private static final long TICK_NANOS = 1_000_000;

  private final List<Line> lines = new ArrayList<>();
  private long nowNanos;

  long nanos() {
    return nowNanos;
  }

  /** Adds a connection of a transfer that passes the given limits in turn. */
  Line line(String transfer, RateLimit... limits) {
    Line line = new Line();
    for (RateLimit limit : limits) {
      line.limits.add(limit);
      line.shares.add(limit.join(transfer));
    }
    lines.add(line);
    return line;
  }

  void remove(Line line) {
    lines.remove(line);
    line.leave();
  }

  /** Lets time pass. */
  void run(double seconds) {
    long end = nowNanos + (long) (seconds * 1e9);
    while (nowNanos < end) {
      boolean moved = true;
      while (moved) {
        moved = false;
        for (Line line : lines) {
          moved |= line.move(nowNanos);
        }
      }
      nowNanos += TICK_NANOS;
    }
  }

  /** One connection: reads, then waits at each of its limits. */
  static final class Line {
    private final List<RateLimit> limits = new ArrayList<>();
    private final List<RateLimit.Share> shares = new ArrayList<>();
    private final TreeMap<Long, Long> receivedAt = new TreeMap<>();
    private RateLimit.@Nullable Ticket ticket;
    private int at;
    private int read;
    private long total;

    /** Returns the bytes received between two moments, the first included. */
    long received(double fromSeconds, double toSeconds) {
      return receivedAt
          .subMap((long) (fromSeconds * 1e9), (long) (toSeconds * 1e9))
          .values()
          .stream()
          .mapToLong(Long::longValue)
          .sum();
    }

    long received() {
      return total;
    }

    private boolean move(long now) {
      if (ticket == null) {
        if (at == 0) {
          read = limits.stream().mapToInt(RateLimit::mostBytes).min().orElseThrow();
          total += read;
          receivedAt.merge(now, (long) read, Long::sum);
        }
        ticket = limits.get(at).ask(shares.get(at), read);
      }
      if (limits.get(at).pass(ticket) > 0) {
        return false;
      }
      limits.get(at).end(ticket);
      ticket = null;
      at = (at + 1) % limits.size();
      return true;
    }

    private void leave() {
      if (ticket != null) {
        limits.get(at).end(ticket);
      }
      for (int i = 0; i < limits.size(); i++) {
        limits.get(i).leave(shares.get(i));
      }
    }
  }
}
