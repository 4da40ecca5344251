package dev.dromedary.origin;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every request to an origin (promise I7).
 *
 * @param connectTimeout for TCP, and again for the TLS handshake; more than zero
 * @param firstByteTimeout from sending a request to the end of the response head; more than zero
 * @param stallTimeout the longest silence within a body; more than zero
 * @param connectionsPerHost connections to one host over all transfers, 1 or more
 * @param userAgent the {@code User-Agent} sent
 * @param caFile certificates in PEM trusted beside the JDK's, or null for those alone
 */
public record OriginSettings(
    Duration connectTimeout,
    Duration firstByteTimeout,
    Duration stallTimeout,
    int connectionsPerHost,
    String userAgent,
    @Nullable Path caFile) {

  public OriginSettings {
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("firstByteTimeout", firstByteTimeout);
    requirePositive("stallTimeout", stallTimeout);
    if (connectionsPerHost < 1) {
      throw new IllegalArgumentException(
          "connectionsPerHost " + connectionsPerHost + ": expected 1 or more");
    }
  }

  /** Returns how long a host may be silent of which nothing else is settled. */
  public SilenceLimits silence() {
    return new SilenceLimits(firstByteTimeout, stallTimeout);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " " + value + ": expected more than zero");
    }
  }
}
