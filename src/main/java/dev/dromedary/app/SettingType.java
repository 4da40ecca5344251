package dev.dromedary.app;

import dev.dromedary.origin.AddressGuard;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.ProxyServer;
import dev.dromedary.transfer.TimeSpan;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What may be written for a setting, and its canonical text: numbers plain, sizes and rates in
 * bytes, durations in milliseconds, paths absolute, a port that is off {@value #NO_PORT}. Pure.
 *
 * @param kind how the text is read
 * @param min the smallest value as a user writes it, the words of a choice; unused for text and
 *     paths
 * @param max the largest value as a user writes it; unused for text and paths
 */
record SettingType(Kind kind, String min, String max) {

  static final SettingType PATH = new SettingType(Kind.PATH, "", "");
  static final SettingType OPTIONAL_PATH = new SettingType(Kind.OPTIONAL_PATH, "", "");
  static final SettingType HEADER_TEXT = new SettingType(Kind.HEADER_TEXT, "", "");
  static final SettingType PORT = new SettingType(Kind.PORT, "0", "65535");
  static final SettingType HOST = new SettingType(Kind.HOST, "", "");
  static final SettingType NAMES = new SettingType(Kind.NAMES, "", "");
  static final SettingType HOSTS = new SettingType(Kind.HOSTS, "", "");
  static final SettingType PROXY = new SettingType(Kind.PROXY, "", "");
  static final SettingType URI = new SettingType(Kind.URI, "", "");

  /** The text of a proxy that the environment names. */
  static final String ENVIRONMENT = "environment";

  /** The canonical text of a port that is off. */
  static final String NO_PORT = "-1";

  private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?";

  /** A longer text is no number, size or duration. */
  private static final int MAX_LENGTH = 64;

  /** How a text is read. */
  enum Kind {
    NUMBER("a number"),
    SIZE("a size"),
    RATE("a rate"),
    DURATION("a duration"),
    PATH("a path without '?', '%', '{', '\\' and a leading '~'"),
    OPTIONAL_PATH("a path without '?', '%', '{', '\\' and a leading '~', or nothing"),
    HEADER_TEXT("printable ASCII without '{', or nothing"),
    HOSTS("host names, addresses and blocks such as 10.1.0.0/16 set apart by commas, or nothing"),
    CHOICE("one of"),
    PORT("off or a port"),
    HOST("an address or the name of a host"),
    NAMES("names of hosts with commas between, or nothing"),
    PROXY("environment, none, or http://HOST:PORT of an HTTP proxy"),
    URI("a Camel endpoint URI, or nothing");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static SettingType number(String min, String max) {
    return new SettingType(Kind.NUMBER, min, max);
  }

  static SettingType size(String min, String max) {
    return new SettingType(Kind.SIZE, min, max);
  }

  static SettingType rate(String min, String max) {
    return new SettingType(Kind.RATE, min, max);
  }

  static SettingType duration(String min, String max) {
    return new SettingType(Kind.DURATION, min, max);
  }

  static SettingType choice(String... words) {
    return new SettingType(Kind.CHOICE, String.join(", ", words), "");
  }

  /** Returns what is expected, for a user: {@code a size of 16KiB to 16MiB}. */
  String expectation() {
    if (kind == Kind.CHOICE) {
      return kind.words + " " + min;
    }
    return max.isEmpty() ? kind.words : kind.words + " of " + min + " to " + max;
  }

  /** Returns the same, with what is missing in a text that is not so. */
  String expectation(String text) {
    return expectation() + (kind == Kind.DURATION ? TimeSpan.missingUnit(text) : "");
  }

  /** Returns a text of this type as it may be shown: without credentials. */
  String shown(String text) {
    boolean mayHoldCredentials =
        kind == Kind.PROXY && !text.equals(ENVIRONMENT) && !text.equals(ProxyServer.NONE_TEXT);
    return mayHoldCredentials ? "…" : text;
  }

  /**
   * Returns the canonical text.
   *
   * @param base what a relative path is resolved against
   * @throws IllegalArgumentException when the text is not what is expected; the message is not for
   *     the user
   */
  String canonical(String text, Path base) {
    return switch (kind) {
      case NUMBER, SIZE, RATE, DURATION -> Long.toString(withinRange(text));
      case PATH -> path(text, base);
      case OPTIONAL_PATH -> text.isEmpty() ? "" : path(text, base);
      case HEADER_TEXT -> matching(text, "[ -z|}~]*");
      case HOSTS -> hosts(text);
      case CHOICE -> matching(text, min.replace(", ", "|"));
      case PORT -> text.equals("off") ? NO_PORT : Long.toString(withinRange(text));
      case HOST -> matching(text, NAME + "|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");
      case NAMES -> matching(text.replaceAll("\\s*,\\s*", ","), "|" + NAME + "(," + NAME + ")*");
      case PROXY -> proxy(text);
      case URI -> matching(text, "|[A-Za-z][A-Za-z0-9+.-]*:[^\\p{Cntrl}]+|\\{\\{[^\\p{Cntrl}]+");
    };
  }

  private long withinRange(String text) {
    long value = plain(text);
    if (value < plain(min) || value > plain(max)) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private long plain(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("too long");
    }
    return switch (kind) {
      case SIZE -> ByteSize.parse(text);
      case RATE -> ByteSize.parseRate(text);
      case DURATION -> TimeSpan.parse(text).toMillis();
      default -> Long.parseLong(matching(text, "[0-9]{1,18}"));
    };
  }

  private static String path(String text, Path base) {
    matching(text, "[^~?%{\\\\\\p{Cntrl}][^?%{\\\\\\p{Cntrl}]*");
    try {
      return base.resolve(text).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no path", e);
    }
  }

  /** Judged by what will read it. */
  private static String hosts(String text) {
    AddressGuard.of(AddressGuard.Scope.ALL, text);
    return text;
  }

  private static String proxy(String text) {
    if (!text.equals(ENVIRONMENT)) {
      ProxyServer.parse(text);
    }
    return text;
  }

  private static String matching(String text, String pattern) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException("malformed");
    }
    return text;
  }
}
