package dev.dromedary.origin;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Which headers cross the border, as an allow-list both ways (promise I6): out goes what the
 * request step has set and nothing of Camel's; in comes what is judged, under names that steer
 * nothing. Stateless.
 */
public final class OriginHeaders implements HeaderFilterStrategy {

  /** Carries the transfer's id from the request step to the client; never sent. */
  public static final String TRANSFER_ID = "Dromedary-Transfer";

  /** Carries path and query byte for byte from the request step to the client; never sent. */
  public static final String TARGET = "Dromedary-Target";

  /**
   * Says to the client that the owner of the source named the host, so that the guard may let it
   * pass; never sent.
   */
  public static final String NAMED = "Dromedary-Named";

  private static final Set<String> JUDGED =
      Set.of(
          "accept-ranges",
          "content-digest",
          "content-encoding",
          "content-length",
          "content-md5",
          "content-range",
          "content-type",
          "date",
          "digest",
          "etag",
          "last-modified",
          "location",
          "repr-digest",
          "retry-after",
          "transfer-encoding",
          "x-amz-checksum-sha1",
          "x-amz-checksum-sha256",
          "x-amz-checksum-type",
          "x-goog-hash",
          "x-goog-stored-content-encoding");

  @Override
  public boolean applyFilterToCamelHeaders(String name, @Nullable Object value, Exchange exchange) {
    return name.toLowerCase(Locale.ROOT).startsWith("camel");
  }

  @Override
  public boolean applyFilterToExternalHeaders(
      String name, @Nullable Object value, Exchange exchange) {
    return !JUDGED.contains(name.toLowerCase(Locale.ROOT));
  }
}
