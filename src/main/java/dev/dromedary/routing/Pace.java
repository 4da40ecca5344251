package dev.dromedary.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The rate limits one connection is held to: of its source, its host, and of all. They are waited
 * for in this order, so that a transfer that waits at a narrow one takes nothing of the wider ones.
 * Without a limit it costs the read of one field, no lock and no clock.
 *
 * <p>Not thread-safe: the connection's thread alone uses it.
 */
final class Pace implements AutoCloseable {

  private final RateLimits all;
  private final String sharer;
  private final String sourceId;
  private final String host;
  private List<Held> limits = List.of();
  private int changes;

  Pace(RateLimits all, String sharer, String sourceId, String host) {
    this.all = all;
    this.sharer = sharer;
    this.sourceId = sourceId;
    this.host = host;
    this.changes = all.changes() - 1;
  }

  /** Returns how many bytes may be read at once. */
  int mostBytes() {
    int most = Integer.MAX_VALUE;
    for (Held held : current()) {
      most = Math.min(most, held.limit.mostBytes());
    }
    return most;
  }

  /**
   * Counts bytes that came and waits until they fit under every limit.
   *
   * @param goesOn whether waiting still makes sense
   * @param nanoClock read only where there is a limit
   * @return the nanoseconds waited; 0 without a limit
   */
  long received(int bytes, BooleanSupplier goesOn, LongSupplier nanoClock)
      throws InterruptedException {
    List<Held> held = current();
    if (held.isEmpty()) {
      return 0;
    }
    long begun = nanoClock.getAsLong();
    for (Held one : held) {
      one.limit.received(one.share, bytes, goesOn);
    }
    return nanoClock.getAsLong() - begun;
  }

  @Override
  public void close() {
    limits.forEach(held -> held.limit.leave(held.share));
    limits = List.of();
  }

  private List<Held> current() {
    int now = all.changes();
    if (now != changes) {
      changes = now;
      List<Held> before = limits;
      List<Held> found = new ArrayList<>();
      all.of(sourceId, host).forEach(limit -> found.add(new Held(limit, limit.join(sharer))));
      limits = found;
      before.forEach(held -> held.limit.leave(held.share));
    }
    return limits;
  }

  private record Held(RateLimit limit, RateLimit.Share share) {}
}
