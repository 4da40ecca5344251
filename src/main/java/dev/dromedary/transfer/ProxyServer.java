package dev.dromedary.transfer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy that requests are sent to in place of the server: {@code CONNECT} for https, the
 * whole URL for http. Immutable. Its text never shows the credentials. Source: RFC 9110 §9.3.6,
 * §11.7; RFC 7617.
 *
 * @param host name or address, IPv6 without brackets
 * @param port 1 to 65535
 * @param credentials {@code USER:PASSWORD} as they are sent, or nothing for none
 */
public record ProxyServer(String host, int port, String credentials) {

  /** In place of a proxy: the server itself is asked. */
  public static final ProxyServer NONE = new ProxyServer("", 0, "");

  /** How a user writes that there is none. */
  public static final String NONE_TEXT = "none";

  private static final int LONGEST = 2048;

  /** As other programs read it: credentials end at the last {@code @}, whatever is in them. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([^\\s/?#]*)@)?([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?\\]):([0-9]{1,5})/?");

  private static final Pattern OTHER_SCHEME = Pattern.compile("(?i)https|socks(4a?|5h?)?");

  /**
   * Reads {@code http://[USER:PASSWORD@]HOST:PORT}, also without the scheme, or {@code none}.
   *
   * @throws IllegalArgumentException when it is neither; the message does not repeat the text
   */
  public static ProxyServer parse(String text) {
    if (text.equals(NONE_TEXT)) {
      return NONE;
    }
    if (text.length() > LONGEST) {
      throw refused("found more than " + LONGEST + " characters");
    }
    int scheme = text.indexOf("://");
    if (scheme >= 0 && !text.substring(0, scheme).equalsIgnoreCase("http")) {
      Matcher known = OTHER_SCHEME.matcher(text.substring(0, scheme));
      throw refused("found " + (known.matches() ? known.group() : "another scheme"));
    }
    Matcher form = FORM.matcher(scheme < 0 ? text : text.substring(scheme + 3));
    if (!form.matches() || !isPort(form.group(3))) {
      throw refused("found no host with a port at its end");
    }
    String user = form.group(1) == null ? "" : form.group(1);
    return new ProxyServer(
        form.group(2).replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT),
        Integer.parseInt(form.group(3)),
        user.isEmpty() || user.contains(":") ? decoded(user) : decoded(user) + ":");
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port > 0 && port <= 65_535;
  }

  private static String decoded(String user) {
    String text = unescaped(user.replace("+", "%2B"));
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw refused("found a control character among the credentials");
    }
    return text;
  }

  private static String unescaped(String user) {
    try {
      return URLDecoder.decode(user, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused("found credentials that are not written as %XX");
    }
  }

  private static IllegalArgumentException refused(String found) {
    return new IllegalArgumentException(
        "expected http://HOST:PORT of an HTTP proxy, or none; " + found);
  }

  /** Says whether the server itself is asked. */
  public boolean isNone() {
    return port == 0;
  }

  /** Returns the value of {@code Proxy-Authorization}, if credentials are to be sent. */
  public Optional<String> authorization() {
    return credentials.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns {@code HOST:PORT}, or {@code none}. */
  @Override
  public String toString() {
    return isNone() ? NONE_TEXT : (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
