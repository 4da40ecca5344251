package dev.dromedary.origin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What hosts have shown, for their next transfers: that they refuse ranges, and how many
 * connections they refused. Kept in memory for an hour; of many hosts the ones least asked for are
 * forgotten. Hosts are named as {@code host:port} in lower case.
 *
 * <p>Thread-safe.
 */
public final class HostMemory {

  /** Servers are reconfigured, and what refused may have been overloaded. */
  static final Duration EXPIRY = Duration.ofHours(1);

  /** How long a host must go without refusing until one more connection is tried. */
  static final Duration GROWTH = Duration.ofSeconds(30);

  static final int MOST_HOSTS = 4096;

  private final LongSupplier nanoClock;
  private final Map<String, Seen> hosts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > MOST_HOSTS;
        }
      };

  /** Creates an empty memory; {@code nanoClock} counts like {@link System#nanoTime()}. */
  public HostMemory(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Notes that a host turned a range away or sent another one, but serves whole files. */
  public synchronized void rangesRefused(String host) {
    seen(host).rangesRefusedAt = nanoClock.getAsLong();
  }

  /** Notes that a host served a range as it was asked for. */
  public synchronized void rangesServed(String host) {
    Seen seen = hosts.get(host);
    if (seen != null) {
      seen.rangesRefusedAt = null;
    }
  }

  /** Says whether a host is better asked for the whole at once. */
  public synchronized boolean areRangesRefused(String host) {
    Seen seen = hosts.get(host);
    return seen != null && isFresh(seen.rangesRefusedAt);
  }

  /**
   * Notes that a host refused one more connection while it served others. The number falls to half
   * of what was refused at once. Refusals that arrive while more than that are still being served
   * are the same one; without any being served it says nothing about their number.
   *
   * @param serving how many connections it was serving then, 0 or more
   */
  public synchronized void connectionRefused(String host, int serving) {
    if (serving < 1 || serving > mostConnections(host)) {
      return;
    }
    Seen seen = seen(host);
    seen.refusedConnections = serving + 1;
    seen.connectionRefusedAt = nanoClock.getAsLong();
  }

  /**
   * Returns how many connections a host is to be asked for at most: half of what it refused, and
   * one more each half minute, but not as many as were refused before an hour is over.
   *
   * @return 1 or more; {@code Integer.MAX_VALUE} when it refused none
   */
  public synchronized int mostConnections(String host) {
    Seen seen = hosts.get(host);
    Long at = seen == null ? null : seen.connectionRefusedAt;
    if (seen == null || at == null || !isFresh(at)) {
      return Integer.MAX_VALUE;
    }
    long grown = (nanoClock.getAsLong() - at) / GROWTH.toNanos();
    return (int) Math.min(seen.refusedConnections - 1L, seen.refusedConnections / 2 + grown);
  }

  private Seen seen(String host) {
    return hosts.computeIfAbsent(host, unused -> new Seen());
  }

  private boolean isFresh(@Nullable Long at) {
    return at != null && nanoClock.getAsLong() - at < EXPIRY.toNanos();
  }

  private static final class Seen {
    private @Nullable Long rangesRefusedAt;
    private @Nullable Long connectionRefusedAt;
    private int refusedConnections;
  }
}
