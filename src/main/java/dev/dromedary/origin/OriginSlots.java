package dev.dromedary.origin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * The connections each host is granted over all transfers. Who has fewer comes first, so that every
 * transfer has one before another has its second, and many share evenly; among equals who asked
 * first.
 *
 * <p>A transfer that was denied is taken to want one as long as it asks again every now and then.
 * Hosts are named as {@code host:port} in lower case. Thread-safe.
 */
public final class OriginSlots {

  /** A transfer that did not ask for so long wants no more; some times what they ask apart. */
  static final long WANTS_NANOS = 350_000_000L;

  private final ToIntFunction<String> perHost;
  private final HostMemory memory;
  private final LongSupplier nanoClock;
  private final Map<String, Host> hosts = new HashMap<>();

  /**
   * Hosts that nobody has a connection to, but somebody wanted one when the last was given back.
   */
  private final Set<String> left = new HashSet<>();

  private long asked;

  /**
   * Creates slots of which none is taken.
   *
   * @param perHost how many connections a host is granted at most, 1 or more; asked each time
   * @param memory how many hosts have refused
   * @param nanoClock counts like {@link System#nanoTime()}
   */
  public OriginSlots(ToIntFunction<String> perHost, HostMemory memory, LongSupplier nanoClock) {
    this.perHost = perHost;
    this.memory = memory;
    this.nanoClock = nanoClock;
  }

  /** Waits for a connection at most {@code millis}; returns whether it was granted. */
  public synchronized boolean acquire(String host, String transfer, long millis)
      throws InterruptedException {
    long deadline = nanoClock.getAsLong() + millis * 1_000_000;
    while (!tryAcquire(host, transfer)) {
      long left = (deadline - nanoClock.getAsLong()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Takes a connection if one is free and no transfer comes before this one. */
  public synchronized boolean tryAcquire(String host, String transfer) {
    long now = nanoClock.getAsLong();
    forgetLeft(now);
    Host found = hosts.computeIfAbsent(host, unused -> new Host());
    Claim claim = found.claims.computeIfAbsent(transfer, unused -> new Claim());
    if (!claim.wants(now)) {
      claim.order = ++asked;
    }
    claim.isWanting = true;
    claim.askedNanos = now;
    long before = found.claims.values().stream().filter(o -> o.isBefore(claim, now)).count();
    if (mostConnections(host) - found.inUse <= before) {
      return false;
    }
    claim.isWanting = false;
    claim.held++;
    found.inUse++;
    return true;
  }

  /** Gives a connection back. */
  public synchronized void release(String host, String transfer) {
    Host found = hosts.get(host);
    Claim claim = found == null ? null : found.claims.get(transfer);
    if (found == null || claim == null || claim.held == 0) {
      throw new IllegalStateException(
          "host " + host + ": transfer " + transfer + " holds no connection to give back");
    }
    found.inUse--;
    claim.held--;
    long now = nanoClock.getAsLong();
    found.forgetIdle(now);
    removeIfIdle(host, found);
    if (found.inUse == 0 && !found.claims.isEmpty()) {
      left.add(host);
    }
    forgetLeft(now);
    notifyAll();
  }

  /** Returns how many connections a host is granted at present, 1 or more. */
  public int mostConnections(String host) {
    return Math.min(perHost.applyAsInt(host), memory.mostConnections(host));
  }

  /** Returns how many more connections a host would grant at present, 0 or more. */
  public synchronized int free(String host) {
    Host found = hosts.get(host);
    return Math.max(0, mostConnections(host) - (found == null ? 0 : found.inUse));
  }

  /**
   * What is known of the connections to one host.
   *
   * @param granted how many all transfers together may have at present
   * @param used how many they have; more than granted where that has become less
   * @param waiting how many transfers want one more
   */
  public record Use(int granted, int used, int waiting) {}

  /** Returns the hosts that transfers have or want connections to, in the order of their names. */
  public synchronized SortedMap<String, Use> uses() {
    long now = nanoClock.getAsLong();
    SortedMap<String, Use> uses = new TreeMap<>();
    hosts.forEach(
        (host, found) -> {
          long waiting = found.claims.values().stream().filter(claim -> claim.wants(now)).count();
          if (found.inUse > 0 || waiting > 0) {
            uses.put(host, new Use(mostConnections(host), found.inUse, (int) waiting));
          }
        });
    return uses;
  }

  /** Notes that a host sends a body over one more connection. */
  public synchronized void serves(String host) {
    hosts.computeIfAbsent(host, unused -> new Host()).serving++;
  }

  /** Notes that one of these bodies has ended. */
  public synchronized void servesNoMore(String host) {
    Host found = hosts.get(host);
    if (found != null) {
      found.serving--;
      removeIfIdle(host, found);
    }
  }

  /** Notes that a host refused a connection: all its transfers have fewer from now on. */
  public synchronized void refused(String host) {
    Host found = hosts.get(host);
    memory.connectionRefused(host, found == null ? 0 : found.serving);
  }

  private void removeIfIdle(String host, Host found) {
    if (found.claims.isEmpty() && found.serving == 0) {
      hosts.remove(host);
    }
  }

  private void forgetLeft(long now) {
    left.removeIf(
        host -> {
          Host found = hosts.get(host);
          if (found == null || found.inUse > 0) {
            return true;
          }
          found.forgetIdle(now);
          removeIfIdle(host, found);
          return found.claims.isEmpty();
        });
  }

  /** Returns how many hosts are remembered. */
  synchronized int known() {
    return hosts.size();
  }

  /** What is taken of one host. */
  private static final class Host {
    private final Map<String, Claim> claims = new HashMap<>();
    private int inUse;
    private int serving;

    private void forgetIdle(long now) {
      claims.values().removeIf(idle -> idle.held == 0 && !idle.wants(now));
    }
  }

  /** What one transfer has and wants of one host. */
  private static final class Claim {
    private int held;
    private boolean isWanting;
    private long askedNanos;
    private long order;

    private boolean wants(long now) {
      return isWanting && now - askedNanos < WANTS_NANOS;
    }

    private boolean isBefore(Claim other, long now) {
      boolean isFirst = held < other.held || (held == other.held && order < other.order);
      return this != other && wants(now) && isFirst;
    }
  }
}
