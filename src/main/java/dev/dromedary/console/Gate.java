package dev.dromedary.console;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns away what a page of another origin could send through a user's browser, before anything is
 * looked at. Pure.
 *
 * <p>A name in {@code Host} that is not ours is how a page rebinds its own name to this address; an
 * {@code Origin} must be exactly the one called; {@code Sec-Fetch-Site} tells where browsers send
 * no origin. A body must be JSON, which no form can send and no foreign script without asking
 * first.
 */
final class Gate {

  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern JSON =
      Pattern.compile("application/json(\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);
  private static final Set<String> OF_NO_OTHER_PAGE = Set.of("same-origin", "none");

  private final String scheme;
  private final Set<String> names;

  /**
   * Creates a gate.
   *
   * @param isTls whether browsers come by https
   * @param names in lower case, under which it may be called beside addresses and localhost
   */
  Gate(boolean isTls, Set<String> names) {
    this.scheme = isTls ? "https" : "http";
    this.names = Set.copyOf(names);
  }

  /** Returns the refusal of a request, or nothing for one that may go on. */
  Optional<Reply> refuse(Request request) {
    String authority = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
    if (!isOurs(authority)) {
      return refusal(
          403, "Host: expected an address, localhost, or a name of dromedary.console.hosts");
    }
    if (request.has("Origin")
        && !request.header("Origin").orElse("").equalsIgnoreCase(scheme + "://" + authority)) {
      return refusal(403, "Origin: expected none, or " + scheme + "://" + authority);
    }
    if (request.has("Sec-Fetch-Site")
        && !OF_NO_OTHER_PAGE.contains(request.header("Sec-Fetch-Site").orElse(""))
        && !isVisit(request)) {
      return refusal(403, "expected a request of this page, found one of another site");
    }
    if (request.isPost() && request.isUnder(ManagementEndpoint.PATH)) {
      return JSON.matcher(request.header("Content-Type").orElse("").strip()).matches()
          ? Optional.empty()
          : refusal(415, "Content-Type: expected application/json");
    }
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    return reads
        ? Optional.empty()
        : Optional.of(Reply.refusal(405, "expected GET or HEAD").with("Allow", "GET, HEAD"));
  }

  private boolean isOurs(String authority) {
    var parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return false;
    }
    String host = parts.group("host");
    return host.equals("localhost") || ADDRESS.matcher(host).matches() || names.contains(host);
  }

  /** A user may follow a link to the page from anywhere; that shows it to nobody else. */
  private static boolean isVisit(Request request) {
    return request.method().equals("GET")
        && request.header("Sec-Fetch-Mode").orElse("").equals("navigate")
        && request.header("Sec-Fetch-Dest").orElse("").equals("document")
        && !request.isUnder(ManagementEndpoint.PATH);
  }

  private static Optional<Reply> refusal(int status, String message) {
    return Optional.of(Reply.refusal(status, message));
  }
}
