package dev.dromedary.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as a user writes it: absolute, http or https, and so encoded that it goes over the wire
 * byte for byte. Messages never repeat its query or user information. Pure. Source: RFC 3986.
 */
public final class SourceUrl {

  static final int MAX_LENGTH = 16_384;

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");
  private static final Pattern AUTHORITY = Pattern.compile("//([^/?]*)");
  private static final String MUST_BE_ENCODED = "\"<>\\^`{|}";

  private SourceUrl() {}

  /**
   * Returns the URL without its fragment and with its scheme in lower case; all else is kept.
   *
   * @throws IllegalArgumentException with a message for the user when it cannot be fetched
   */
  public static URI parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw refused(text, "expected at most " + MAX_LENGTH + " characters");
    }
    if (text.contains("{{")) {
      throw refused(text, "expected a literal URL, found '{{'");
    }
    int fragment = text.indexOf('#');
    String url = fragment < 0 ? text : text.substring(0, fragment);
    Matcher scheme = SCHEME.matcher(url);
    if (!scheme.lookingAt()) {
      throw refused(text, "expected an absolute URL that begins with http:// or https://");
    }
    String name = scheme.group(1).toLowerCase(Locale.ROOT);
    if (!name.equals("http") && !name.equals("https")) {
      throw refused(text, "expected scheme http or https, found '" + name + "'");
    }
    String rest = url.substring(scheme.end());
    refuseAuthority(text, rest);
    refuseCharacters(text, url, scheme.end());
    try {
      return judged(text, new URI(name + ":" + rest));
    } catch (URISyntaxException e) {
      throw refused(text, e.getReason() + " at character " + (e.getIndex() + 1));
    }
  }

  private static void refuseAuthority(String text, String rest) {
    Matcher authority = AUTHORITY.matcher(rest);
    if (!authority.lookingAt() || authority.group(1).isEmpty()) {
      throw refused(text, "expected a host behind '//', found none");
    }
    if (authority.group(1).contains("@")) {
      throw refused(
          text,
          "found credentials, expected them in a header (in a list under 'headers', for get by --header): Authorization: Basic, then user:password in base64");
    }
    if (authority.group(1).contains("_")) {
      throw refused(text, "found '_' in the host name, expected letters, digits, '-' and '.'");
    }
    String path = rest.substring(authority.end()).split("\\?", 2)[0];
    if (path.contains("[") || path.contains("]")) {
      throw refused(text, "found a bracket in the path, expected %5B for '[' and %5D for ']'");
    }
  }

  static void refuseCharacters(String text, String url, int from) {
    for (int i = from; i < url.length(); i += Character.charCount(url.codePointAt(i))) {
      int c = url.codePointAt(i);
      if (c == '%') {
        if (!url.substring(i + 1, Math.min(url.length(), i + 3)).matches("[0-9A-Fa-f]{2}")) {
          throw refused(text, "expected two hexadecimal digits behind '%'" + at(i));
        }
      } else if (Character.isISOControl(c)) {
        throw refused(text, String.format(Locale.ROOT, "found the control character U+%04X", c));
      } else if (c == ' ' || c > 0x7E || MUST_BE_ENCODED.indexOf(c) >= 0) {
        String found = c == ' ' ? "a space" : "'" + Character.toString(c) + "'";
        throw refused(text, "expected " + encoded(c) + ", found " + found + at(i));
      }
    }
  }

  private static URI judged(String text, URI url) {
    if (url.getHost() == null) {
      throw refused(text, "expected a host name or address, found '" + url.getAuthority() + "'");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      throw refused(text, "expected a port of 1 to 65535, found " + url.getPort());
    }
    return url;
  }

  private static String encoded(int c) {
    StringBuilder text = new StringBuilder();
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      text.append(String.format(Locale.ROOT, "%%%02X", b));
    }
    return text.toString();
  }

  private static String at(int index) {
    return " at character " + (index + 1);
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("url " + Quoted.of(masked(text)) + ": " + why);
  }

  /** Cuts what may be a secret out of text that need not be a URL. */
  static String masked(String text) {
    String beforeQuery = text.split("[?#]", 2)[0];
    int at = beforeQuery.lastIndexOf('@');
    if (at < 0 && text.indexOf('@') >= 0) {
      return "…";
    }
    String query = beforeQuery.length() < text.length() ? "?…" : "";
    return (at < 0 ? beforeQuery : "…" + beforeQuery.substring(at)) + query;
  }
}
