package dev.dromedary.response;

import dev.dromedary.response.Hop.Follow;
import dev.dromedary.response.Hop.Refuse;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.UriReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides hop by hop where a redirect may lead. An absolute {@code Location} is followed byte for
 * byte, as signed URLs need. Source: RFC 9110 §10.2.2, §15.4; RFC 3986 §5.
 */
public final class RedirectPolicy {

  /** Signed URLs reach a few thousand characters; nothing honest is longer. */
  private static final int LONGEST_LOCATION = 16 * 1024;

  private RedirectPolicy() {}

  /**
   * Says where to ask next, or why not.
   *
   * @param from the absolute URL that answered with the redirect
   * @param location the {@code Location} header as sent
   * @param hop which redirect of this request it is, 1 for the first
   * @param maxHops how many may be followed, 0 or more
   */
  public static Hop next(URI from, String location, int hop, int maxHops) {
    if (hop > maxHops) {
      return new Refuse(
          FailureCode.TOO_MANY_REDIRECTS,
          "expected at most " + maxHops + " redirects, found one more");
    }
    String text = location.strip();
    String broken = whyUnreadable(text);
    if (broken != null) {
      return refuse(broken);
    }
    URI target;
    try {
      target = UriReference.resolve(from, new URI(encodeRawBytes(text)));
    } catch (URISyntaxException notAUri) {
      return refuse("expected a URL, found " + notAUri.getReason());
    }
    String forbidden = whyForbidden(from, target);
    return forbidden == null ? new Follow(target) : refuse(forbidden);
  }

  /**
   * Says whether both have the same scheme, host and port: only then the headers configured for the
   * one may be sent to the other. Source: RFC 6454 §4.
   */
  public static boolean sameOrigin(URI a, URI b) {
    return a.getScheme() != null
        && a.getHost() != null
        && a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost().equalsIgnoreCase(b.getHost())
        && port(a) == port(b);
  }

  /**
   * Says whether both are the same host and port, or the second is what the first becomes when its
   * server insists on https. Another port is another service: naming the one does not name it.
   */
  public static boolean sameHost(URI a, URI b) {
    boolean isUpgrade =
        "http".equalsIgnoreCase(a.getScheme())
            && "https".equalsIgnoreCase(b.getScheme())
            && port(a) == 80
            && port(b) == 443;
    return a.getHost() != null
        && a.getHost().equalsIgnoreCase(b.getHost())
        && (port(a) == port(b) || isUpgrade);
  }

  private static @Nullable String whyUnreadable(String location) {
    if (location.isEmpty() || location.length() > LONGEST_LOCATION) {
      return "expected a URL of 1 to "
          + LONGEST_LOCATION
          + " characters, found "
          + location.length();
    }
    if (location.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      return "a blank or control character in the URL";
    }
    return location.contains("{{") ? "a placeholder in the URL" : null;
  }

  private static @Nullable String whyForbidden(URI from, URI target) {
    String scheme = target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "expected scheme http or https, found another";
    }
    if (scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme())) {
      return "it leads from https to http";
    }
    if (target.getRawAuthority() != null && target.getRawAuthority().contains("@")) {
      return "user information in the URL";
    }
    if (target.getHost() == null) {
      return "expected a host name of letters, digits, dots and dashes";
    }
    return target.getPort() == 0 || target.getPort() > 65_535
        ? "expected a port from 1 to 65535"
        : null;
  }

  /** The HTTP client hands over each byte of a header as one character; UTF-8 comes out right. */
  private static String encodeRawBytes(String location) {
    StringBuilder encoded = new StringBuilder(location.length());
    location
        .codePoints()
        .forEach(
            c -> {
              if (c < 0x80) {
                encoded.append((char) c);
              } else {
                byte[] bytes =
                    c <= 0xff
                        ? new byte[] {(byte) c}
                        : Character.toString(c).getBytes(StandardCharsets.UTF_8);
                for (byte b : bytes) {
                  encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
              }
            });
    return encoded.toString();
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  private static Refuse refuse(String message) {
    return new Refuse(FailureCode.REDIRECT_REFUSED, message);
  }
}
