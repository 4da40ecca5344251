package dev.dromedary.source;

import dev.dromedary.transfer.ProxyServer;
import dev.dromedary.transfer.TlsFiles;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an operator settled for a host, or for all below a name.
 *
 * @param host which
 * @param connections pins the number of connections of each transfer, 1 to 64, when present
 * @param maxConnections of all transfers together to one host, 1 to 1000, when present
 * @param bytesPerSecond of all transfers to these hosts together when present; 0 for no limit
 * @param headers sent with the requests of sources whose URL has such a host
 * @param isWithoutRanges whether it is never asked for a range
 * @param proxy what its requests pass on their way, or that they pass none, when settled
 * @param tls whom TLS with it trusts, and what it is shown
 * @param times how long it may keep a transfer waiting
 */
public record OriginEntry(
    HostPattern host,
    OptionalInt connections,
    OptionalInt maxConnections,
    OptionalLong bytesPerSecond,
    Map<String, String> headers,
    boolean isWithoutRanges,
    Optional<ProxyServer> proxy,
    TlsFiles tls,
    OriginTimes times) {

  public OriginEntry {
    headers = Map.copyOf(headers);
  }

  /** Hides the headers: they may hold credentials. */
  @Override
  public String toString() {
    return "OriginEntry[" + host + "]";
  }
}
