package dev.dromedary.app;

import java.time.Duration;

/** The endpoint of {@code landed.uri} or {@code failed.uri} as Camel is to open it. Pure. */
final class EventEndpoint {

  /** By so much later the connection is closed, so that the event has always failed before. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private static final String OPTION = "responseTimeout=";

  private EventEndpoint() {}

  /**
   * Returns a URI whose connection, where it is HTTP, does not outlive the time of an event by much
   * when nothing comes over it. One that settles that itself stays as it is, and one whose query
   * only a reference would tell: Camel's own three minutes hold for it.
   *
   * @param limit the time of an event, more than zero
   */
  static String bounded(String uri, Duration limit) {
    boolean hasQuery = uri.contains("?");
    boolean isHttp = uri.matches("https?:.*") && (hasQuery || !uri.contains("{{"));
    if (!isHttp || uri.contains(OPTION)) {
      return uri;
    }
    return uri + (hasQuery ? "&" : "?") + OPTION + limit.plus(MARGIN).toMillis();
  }
}
