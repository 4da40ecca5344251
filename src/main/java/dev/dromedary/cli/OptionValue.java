package dev.dromedary.cli;

import dev.dromedary.app.SettingKey;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.source.DigestFrom;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.ProxyServer;
import dev.dromedary.transfer.TimeSpan;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How option values are read. Those that become settings are checked and kept as the user wrote
 * them, so that a message about them later shows the same text.
 */
final class OptionValue {

  /** Written for what the configuration says. */
  static final String CONFIGURED = "configured";

  private static final int MOST_LEFT_OUT = 999_999_999;

  private OptionValue() {}

  /** A path; what is left of a variable of a script that is not set is none. */
  static final class PathName implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      return Path.of(checkedPath(text));
    }
  }

  /** A path as it was written: with a slash at its end it is a directory. */
  static final class PathText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return checkedPath(text);
    }
  }

  /** A size: {@code 8MiB}. */
  static final class Size implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      checkedSize(text);
      return text;
    }
  }

  /** A size per second, with or without {@code /s}: {@code 100KiB/s}. */
  static final class Rate implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      checkedRate(text);
      return text;
    }
  }

  /** An HTTP proxy: {@code http://proxy.example:3128}. */
  static final class Proxy implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return parsable(text, ProxyServer::parse);
    }
  }

  /** A duration: {@code 5s}. */
  static final class Span implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return parsable(text, TimeSpan::parse);
    }
  }

  /** How many connections a transfer may have, as the setting of them. */
  static final class Connections implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return checkedSetting(text, SettingKey.PART_CONNECTIONS, "");
    }
  }

  /** How many attempts may bring nothing, as the setting of them. */
  static final class Tries implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return checkedSetting(text, SettingKey.RETRY_TRIES, "");
    }
  }

  /** The bytes of a rate, or what the configuration says. */
  static final class RateLimit implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return text.equals(CONFIGURED)
          ? (Long) (long) LimitsMXBean.CONFIGURED
          : (Long) checkedRate(text);
    }
  }

  /** A rate, as of {@link RateLimit}, and what it is of. */
  record NamedRate(String name, long bytesPerSecond) {}

  /** {@code HOST=RATE}. */
  static final class OriginRate implements ITypeConverter<NamedRate> {
    @Override
    public NamedRate convert(String text) {
      return namedRate(text, "HOST=RATE");
    }
  }

  /** {@code ID=RATE}. */
  static final class SourceRate implements ITypeConverter<NamedRate> {
    @Override
    public NamedRate convert(String text) {
      return namedRate(text, "ID=RATE");
    }
  }

  /** How many connections a host may have, or what the configuration says. */
  static final class HostConnections implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return text.equals(CONFIGURED)
          ? (Integer) LimitsMXBean.CONFIGURED
          : (Integer)
              Integer.parseInt(
                  checkedSetting(text, SettingKey.ORIGIN_CONNECTIONS, ", or " + CONFIGURED));
    }
  }

  /** How many transfers may run, of which the service knows the most, or the configuration's. */
  static final class Concurrency implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.equals(CONFIGURED)) {
        return LimitsMXBean.CONFIGURED;
      }
      if (!text.matches("[0-9]{1,9}")) {
        throw new TypeConversionException("'" + text + "': expected a number, or " + CONFIGURED);
      }
      return Integer.parseInt(text);
    }
  }

  /** How many rows are shown. */
  static final class Rows implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return checkedCount(text, 1, SourcesMXBean.LARGEST_PAGE);
    }
  }

  /** How many rows are left out. */
  static final class Offset implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return checkedCount(text, 0, MOST_LEFT_OUT);
    }
  }

  /** How many that have ended are shown. */
  static final class Ended implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return checkedCount(text, 0, TransfersMXBean.MOST_RECENT);
    }
  }

  /** A size in bytes. */
  static final class Bytes implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return checkedSize(text);
    }
  }

  /** {@code ALGORITHM=HEX}. */
  static final class Digest implements ITypeConverter<ExpectedDigest> {
    @Override
    public ExpectedDigest convert(String text) {
      try {
        return ExpectedDigest.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Where a digest file is: {@code .sha256}, {@code SHA256SUMS}. */
  static final class DigestReference implements ITypeConverter<DigestFrom> {
    @Override
    public DigestFrom convert(String text) {
      try {
        return DigestFrom.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static NamedRate namedRate(String text, String form) {
    int end = text.lastIndexOf('=');
    if (end <= 0) {
      throw new TypeConversionException("'" + text + "': expected " + form);
    }
    return new NamedRate(text.substring(0, end), new RateLimit().convert(text.substring(end + 1)));
  }

  private static String checkedPath(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("expected a path, found nothing");
    }
    if (!text.equals(text.strip())) {
      throw new TypeConversionException("'" + text + "': expected a path without blanks around it");
    }
    return text;
  }

  private static String parsable(String text, Consumer<String> parse) {
    try {
      parse.accept(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static String checkedSetting(String text, SettingKey key, String more) {
    if (!key.allows(text)) {
      throw new TypeConversionException("'" + text + "': expected " + key.expectation() + more);
    }
    return text;
  }

  private static int checkedCount(String text, int least, int most) {
    int count = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (count < least || count > most) {
      throw new TypeConversionException(
          "'" + text + "': expected a whole number from " + least + " to " + most);
    }
    return count;
  }

  private static long checkedRate(String text) {
    try {
      return ByteSize.parseRate(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static long checkedSize(String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
