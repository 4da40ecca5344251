package dev.dromedary.routing;

import dev.dromedary.source.HostPattern;
import dev.dromedary.source.OriginList;
import dev.dromedary.transfer.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How fast transfers may receive: one limit for all together, one for each origin, one for each
 * source, in bytes a second; 0 is none. Each may be changed at any time and is obeyed within a
 * second, also by transfers under way, which share a limit evenly.
 *
 * <p>What the files say comes in by {@link #follow}; what was set by hand stays until the file says
 * something else of the same source or host. Thread-safe.
 */
public final class RateLimits {

  private final LongSupplier nanoClock;
  private final long settledGlobal;
  private final RateLimit global;
  private final Map<HostPattern, RateLimit> origins =
      new TreeMap<>(HostPattern.MOST_SPECIFIC_FIRST);
  private final Map<String, RateLimit> sources = new TreeMap<>();
  private OriginList followedOrigins = OriginList.NONE;
  private Map<HostPattern, Long> settledOrigins = Map.of();
  private List<Source> followedSources = List.of();
  private Map<String, Long> settledSources = Map.of();
  private boolean isSomeLeaving;
  private volatile int changes;

  /**
   * Creates limits, of which only the one for all is set.
   *
   * @param bytesPerSecond of all transfers together as configured, 0 for no limit
   * @param nanoClock counts like {@link System#nanoTime()}
   */
  public RateLimits(long bytesPerSecond, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.settledGlobal = bytesPerSecond;
    this.global = new RateLimit(bytesPerSecond, nanoClock);
  }

  /** Returns the limit of all transfers together, 0 for none. */
  public long global() {
    return global.bytesPerSecond();
  }

  /**
   * Limits all transfers together.
   *
   * @throws IllegalArgumentException when it is less than 0
   */
  public synchronized void global(long bytesPerSecond) {
    global.set(checked(bytesPerSecond));
    changes++;
  }

  /** Takes back what was set by hand for all transfers together. */
  public void globalAsConfigured() {
    global(settledGlobal);
  }

  /** Says whether all transfers together are limited otherwise than configured. */
  public boolean isGlobalByHand() {
    return global() != settledGlobal;
  }

  /** Returns the limits of hosts, 0 for none, by their pattern as in {@code origins.yaml}. */
  public synchronized Map<String, Long> origins() {
    Map<String, Long> rates = new TreeMap<>();
    origins.forEach((host, limit) -> rates.put(host.toString(), limit.bytesPerSecond()));
    return Collections.unmodifiableMap(rates);
  }

  /** Returns the patterns of hosts that are limited otherwise than the file says. */
  public synchronized List<String> originsByHand() {
    return byHand(origins, settledOrigins);
  }

  /** Returns the ids of sources that are limited otherwise than the list says. */
  public synchronized List<String> sourcesByHand() {
    return byHand(sources, settledSources);
  }

  private static <K> List<String> byHand(Map<K, RateLimit> limits, Map<K, Long> settled) {
    return limits.entrySet().stream()
        .filter(one -> !Objects.equals(settled.get(one.getKey()), one.getValue().bytesPerSecond()))
        .map(one -> one.getKey().toString())
        .toList();
  }

  /**
   * Limits all transfers to a host, or to all hosts of a pattern, together; for a host the most
   * specific pattern counts, also with 0.
   *
   * @param host such as {@code example.org}, {@code *.example.org} or {@code example.org:8443}
   * @throws IllegalArgumentException when it is no such pattern, or the rate is less than 0
   */
  public void origin(String host, long bytesPerSecond) {
    set(origins, HostPattern.parse(host), checked(bytesPerSecond));
  }

  /**
   * Takes back what was set by hand for a host or a pattern: the file's word counts again.
   *
   * @throws IllegalArgumentException when it is no such pattern
   */
  public synchronized void originAsConfigured(String host) {
    HostPattern pattern = HostPattern.parse(host);
    asConfigured(origins, pattern, settledOrigins.get(pattern));
  }

  /** Takes back what was set by hand for a source: the list's word counts again. */
  public synchronized void sourceAsConfigured(String id) {
    asConfigured(sources, id, settledSources.get(id));
  }

  /** Returns the limits of sources, 0 for none, by their id. */
  public synchronized Map<String, Long> sources() {
    Map<String, Long> rates = new TreeMap<>();
    sources.forEach((id, limit) -> rates.put(id, limit.bytesPerSecond()));
    return Collections.unmodifiableMap(rates);
  }

  /**
   * Limits one source.
   *
   * @throws IllegalArgumentException when the rate is less than 0
   */
  public synchronized void source(String id, long bytesPerSecond) {
    set(sources, id, checked(bytesPerSecond));
    if (bytesPerSecond == 0 && !settledSources.containsKey(id)) {
      sources.remove(id);
    }
  }

  /**
   * Takes over what the files say, as far as it is something else than the last time. A source that
   * has left the list keeps its limit as long as it is under way.
   *
   * @param isUnderWay whether a transfer of a source, by its id, has not ended
   */
  public synchronized void follow(
      OriginList list, List<Source> listed, Predicate<String> isUnderWay) {
    if (list != followedOrigins) {
      Map<HostPattern, Long> settled = new HashMap<>();
      list.rates().forEach((host, rate) -> settled.put(HostPattern.parse(host), rate));
      change(origins, settledOrigins, settled);
      settledOrigins = settled;
      followedOrigins = list;
    }
    if (listed != followedSources || isSomeLeaving) {
      Map<String, Long> settled = settled(listed);
      Set<String> leaving = new HashSet<>(settledSources.keySet());
      listed.forEach(source -> leaving.remove(source.id()));
      leaving.removeIf(isUnderWay.negate());
      leaving.forEach(id -> settled.put(id, settledSources.get(id)));
      isSomeLeaving = !leaving.isEmpty();
      change(sources, settledSources, settled);
      settledSources = settled;
      followedSources = listed;
    }
  }

  private static Map<String, Long> settled(List<Source> listed) {
    Map<String, Long> settled = new HashMap<>();
    listed.forEach(
        source -> source.bytesPerSecond().ifPresent(rate -> settled.put(source.id(), rate)));
    return settled;
  }

  /**
   * Returns the limits one connection is held to.
   *
   * @param sharer the transfer it belongs to
   * @param host {@code host:port} in lower case
   */
  Pace pace(String sharer, String sourceId, String host) {
    return new Pace(this, sharer, sourceId, host);
  }

  /** Returns a number that is another one after limits came or went. */
  int changes() {
    return changes;
  }

  /** Returns the limits in force for a source and a host, the narrowest first. */
  synchronized List<RateLimit> of(String sourceId, String host) {
    List<RateLimit> found = new ArrayList<>();
    RateLimit own = sources.get(sourceId);
    if (own != null) {
      found.add(own);
    }
    origins.entrySet().stream()
        .filter(origin -> origin.getKey().matches(host))
        .findFirst()
        .ifPresent(origin -> found.add(origin.getValue()));
    found.add(global);
    found.removeIf(limit -> limit.bytesPerSecond() == 0);
    return found;
  }

  private synchronized <K> void asConfigured(
      Map<K, RateLimit> limits, K key, @Nullable Long settled) {
    set(limits, key, settled == null ? 0 : settled);
    if (settled == null) {
      limits.remove(key);
    }
  }

  private <K> void change(Map<K, RateLimit> limits, Map<K, Long> before, Map<K, Long> after) {
    Set<K> keys = new HashSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (K key : keys) {
      Long rate = after.get(key);
      if (!Objects.equals(before.get(key), rate)) {
        asConfigured(limits, key, rate);
      }
    }
  }

  private synchronized <K> void set(Map<K, RateLimit> limits, K key, long rate) {
    RateLimit limit = limits.get(key);
    if (limit == null) {
      limits.put(key, new RateLimit(rate, nanoClock));
    } else {
      limit.set(rate);
    }
    changes++;
  }

  private static long checked(long rate) {
    if (rate < 0) {
      throw new IllegalArgumentException(
          "rate " + rate + ": expected bytes a second, 0 for no limit");
    }
    return rate;
  }
}
