package dev.dromedary.transfer;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

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

  /**
   * Reads {@code http://[USER:PASSWORD@]HOST:PORT}, also without the scheme, or {@code none}.
   *
   * @throws IllegalArgumentException when it is neither; the message does not repeat the text
   */
  public static ProxyServer parse(String text) {
    if (text.equals(NONE_TEXT)) {
      return NONE;
    }
    URI url = url(text);
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    boolean isBare = url.getRawQuery() == null && url.getRawFragment() == null;
    if (url.getHost() == null || url.getPort() < 1 || url.getPort() > 65_535) {
      throw refused("found no host with a port");
    }
    if (!isBare || !path.matches("/?")) {
      throw refused("found something behind the port");
    }
    String user = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
    return new ProxyServer(
        url.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT),
        url.getPort(),
        user.isEmpty() || user.contains(":") ? decoded(user) : decoded(user) + ":");
  }

  private static URI url(String text) {
    String whole = text.contains("://") ? text : "http://" + text;
    String scheme = whole.substring(0, whole.indexOf("://")).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http")) {
      throw refused("found the scheme " + MaskedText.plain(scheme));
    }
    try {
      if (text.length() > LONGEST) {
        throw refused("found more than " + LONGEST + " characters");
      }
      return new URI(whole);
    } catch (URISyntaxException e) {
      throw refused("found no such URL; special characters of a password are written as %XX");
    }
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
