package dev.dromedary.source;

import dev.dromedary.transfer.ProxyServer;
import dev.dromedary.transfer.TlsFiles;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings of hosts without problems. Of the entries that fit a host each key is taken from the
 * most specific one that has it. Hosts are named as {@code host:port} in lower case. Immutable.
 *
 * @param entries in any order; hosts are unique
 */
public record OriginList(List<OriginEntry> entries) {

  /** Nothing is settled for any host. */
  public static final OriginList NONE = new OriginList(List.of());

  public OriginList {
    entries =
        entries.stream()
            .sorted(Comparator.comparing(OriginEntry::host, HostPattern.MOST_SPECIFIC_FIRST))
            .toList();
  }

  /** Returns the number of connections each transfer is to have there, when it is pinned. */
  public OptionalInt connections(String host) {
    return first(host, OriginEntry::connections);
  }

  /**
   * Returns how many connections all transfers together may open to a host.
   *
   * @param otherwise the number where none is settled; more are pinned if one transfer is to have
   *     more
   */
  public int maxConnections(String host, int otherwise) {
    return first(host, OriginEntry::maxConnections)
        .orElseGet(() -> Math.max(otherwise, connections(host).orElse(0)));
  }

  /** Says whether a host is never to be asked for a range. */
  public boolean isWithoutRanges(String host) {
    return matching(host).anyMatch(OriginEntry::isWithoutRanges);
  }

  /** Returns by way of which proxy a host is asked, or that it is asked itself, when settled. */
  public Optional<ProxyServer> proxy(String host) {
    return matching(host).map(OriginEntry::proxy).flatMap(Optional::stream).findFirst();
  }

  /** Returns whom TLS with a host trusts, and what it is shown. */
  public TlsFiles tls(String host) {
    List<TlsFiles> all = matching(host).map(OriginEntry::tls).toList();
    return new TlsFiles(first(all, TlsFiles::authorities), first(all, TlsFiles::identity));
  }

  /** Returns the request headers for a host, names in any case. */
  public Map<String, String> headers(String host) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    matching(host).forEach(entry -> entry.headers().forEach(headers::putIfAbsent));
    return headers;
  }

  /** Returns how long a host may keep a transfer waiting. */
  public OriginTimes times(String host) {
    List<OriginTimes> all = matching(host).map(OriginEntry::times).toList();
    return new OriginTimes(
        first(all, OriginTimes::firstByteTimeout),
        first(all, OriginTimes::stallTimeout),
        all.stream()
            .map(OriginTimes::minBytesPerSecond)
            .filter(OptionalLong::isPresent)
            .findFirst()
            .orElse(OptionalLong.empty()),
        first(all, OriginTimes::minSpeedWindow));
  }

  /** Returns the limits in bytes a second, by the pattern of their hosts; 0 for none. */
  public Map<String, Long> rates() {
    Map<String, Long> rates = new TreeMap<>();
    entries.forEach(
        entry ->
            entry.bytesPerSecond().ifPresent(rate -> rates.put(entry.host().toString(), rate)));
    return rates;
  }

  private OptionalInt first(String host, Function<OriginEntry, OptionalInt> key) {
    return matching(host)
        .map(key)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static <S, T> Optional<T> first(List<S> all, Function<S, Optional<T>> key) {
    return all.stream().map(key).flatMap(Optional::stream).findFirst();
  }

  private Stream<OriginEntry> matching(String host) {
    return entries.stream().filter(entry -> entry.host().matches(host));
  }
}
