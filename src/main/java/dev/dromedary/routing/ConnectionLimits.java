package dev.dromedary.routing;

import dev.dromedary.source.HostPattern;
import dev.dromedary.source.OriginEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToIntFunction;

/**
 * How many connections all transfers together may open to a host: what was set by hand for it, else
 * what {@code origins.yaml} says, else one number for all. Each may be changed at any time; fewer
 * than are open ends none of them. Thread-safe.
 */
public final class ConnectionLimits implements ToIntFunction<String> {

  /** The most that may be set for a host, as in {@code origins.yaml}. */
  public static final int MOST = 1000;

  private static final String CONFIGURED_TOO =
      ", 'configured' (-1) for what the configuration says";

  private final OriginCatalog origins;
  private final ConcurrentNavigableMap<HostPattern, Integer> byHand =
      new ConcurrentSkipListMap<>(HostPattern.MOST_SPECIFIC_FIRST);
  private final int settledPerHost;
  private volatile int perHost;

  /**
   * Creates limits of which none is set by hand.
   *
   * @param perHost where nothing is settled for a host, as configured, 1 or more
   */
  public ConnectionLimits(OriginCatalog origins, int perHost) {
    this.origins = origins;
    this.settledPerHost = perHost;
    this.perHost = perHost;
  }

  /** Returns how many a host may have of which nothing else is said. */
  public int perHost() {
    return perHost;
  }

  /**
   * Sets how many a host may have of which nothing else is said.
   *
   * @throws IllegalArgumentException when it is not 1 to {@link #MOST}
   */
  public void perHost(int connections) {
    perHost = checked(connections, CONFIGURED_TOO);
  }

  /** Takes back what was set by hand for hosts of which nothing else is said. */
  public void perHostAsConfigured() {
    perHost = settledPerHost;
  }

  /** Says whether those hosts have another number than configured. */
  public boolean isPerHostByHand() {
    return perHost != settledPerHost;
  }

  /** Returns the patterns of hosts whose number was set by hand. */
  public List<String> hostsByHand() {
    return byHand.keySet().stream().map(HostPattern::toString).toList();
  }

  /**
   * Sets how many a host, or each host of a pattern, may have; of patterns that fit the most
   * specific counts.
   *
   * @param host such as {@code example.org}, {@code *.example.org} or {@code example.org:8443}
   * @throws IllegalArgumentException when it is no such pattern, or not 1 to {@link #MOST}
   */
  public void host(String host, int connections) {
    HostPattern pattern = HostPattern.parse(host);
    byHand.put(pattern, checked(connections, CONFIGURED_TOO));
  }

  /**
   * Takes back what was set by hand for a host or a pattern.
   *
   * @throws IllegalArgumentException when it is no such pattern
   */
  public void hostAsConfigured(String host) {
    byHand.remove(HostPattern.parse(host));
  }

  /** Returns what is said of single hosts, by hand and by file, by their pattern. */
  public Map<String, Integer> hosts() {
    Map<String, Integer> hosts = new TreeMap<>();
    for (OriginEntry entry : origins.origins().entries()) {
      entry.maxConnections().ifPresent(most -> hosts.put(entry.host().toString(), most));
    }
    byHand.forEach((host, most) -> hosts.put(host.toString(), most));
    return hosts;
  }

  /** Returns how many a host may have, given as {@code host:port} in lower case. */
  @Override
  public int applyAsInt(String host) {
    return byHand.entrySet().stream()
        .filter(entry -> entry.getKey().matches(host))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseGet(() -> origins.origins().maxConnections(host, perHost));
  }

  private static int checked(int connections, String more) {
    if (connections < 1 || connections > MOST) {
      throw new IllegalArgumentException(
          "connections " + connections + ": expected 1 to " + MOST + more);
    }
    return connections;
  }
}
