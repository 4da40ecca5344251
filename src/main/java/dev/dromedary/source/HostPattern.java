package dev.dromedary.source;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hosts are meant: one by its name, or with {@code *.} all below a name; on one port or on
 * any. Hosts are compared as {@code host:port} in lower case.
 *
 * @param host name or address in lower case, IPv6 in brackets; without {@code *.}
 * @param isWildcard whether all hosts below {@code host} are meant, and not itself
 * @param port 1 to 65535, or 0 for any
 */
public record HostPattern(String host, boolean isWildcard, int port) {

  /** Orders the one that says more first: a name before a wildcard, a port, a longer name. */
  public static final Comparator<HostPattern> MOST_SPECIFIC_FIRST =
      Comparator.comparing(HostPattern::isWildcard)
          .thenComparing(HostPattern::port, Comparator.comparing(port -> port == 0))
          .thenComparing(pattern -> -pattern.host().length())
          .thenComparing(HostPattern::toString);

  private static final Pattern FORM =
      Pattern.compile(
          "(\\*\\.)?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
              + "|\\[[0-9a-f:.]{2,45}\\])(?::([0-9]{1,5}))?");

  private static final int LONGEST = 260;

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with a message for the user when it is none
   */
  public static HostPattern parse(String text) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (text.length() > LONGEST || !form.matches()) {
      throw refused(text);
    }
    boolean isWildcard = form.group(1) != null;
    int port = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
    boolean isAddress = form.group(2).startsWith("[");
    if ((isWildcard && isAddress) || port > 65_535 || (port == 0 && form.group(3) != null)) {
      throw refused(text);
    }
    return new HostPattern(form.group(2), isWildcard, port);
  }

  /** Says whether a host is meant, given as {@code host:port} in lower case. */
  public boolean matches(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    if (port != 0 && !hostAndPort.substring(colon + 1).equals(Integer.toString(port))) {
      return false;
    }
    String name = hostAndPort.substring(0, colon);
    return isWildcard ? name.endsWith("." + host) : name.equals(host);
  }

  /** Returns it as a user writes it. */
  @Override
  public String toString() {
    return (isWildcard ? "*." : "") + host + (port == 0 ? "" : ":" + port);
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "host "
            + Quoted.of(text)
            + ": expected a name such as example.org, *.example.org or example.org:8443");
  }
}
