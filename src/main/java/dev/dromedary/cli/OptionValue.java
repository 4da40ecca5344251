package dev.dromedary.cli;

import dev.dromedary.source.DigestFrom;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.TimeSpan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How option values are read. Those that become settings are checked and kept as the user wrote
 * them, so that a message about them later shows the same text.
 */
final class OptionValue {

  private OptionValue() {}

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
      String size = text.strip().replaceFirst("/s$", "");
      checkedSize(size);
      return size;
    }
  }

  /** A duration: {@code 5s}. */
  static final class Span implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      try {
        TimeSpan.parse(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** A whole number from 1 on. */
  static final class Count implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.matches("0*[1-9][0-9]{0,5}")) {
        throw new TypeConversionException(
            "'" + text + "': expected a whole number from 1 to 999999");
      }
      return text;
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

  private static long checkedSize(String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
