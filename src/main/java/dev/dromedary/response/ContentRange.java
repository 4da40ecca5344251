package dev.dromedary.response;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a {@code Content-Range} header in bytes, its range half-open. Immutable,
 * thread-safe. Source: RFC 9110 §14.4.
 *
 * @param start offset of the first byte; equal to {@code end} when unsatisfied
 * @param end offset after the last byte
 * @param totalBytes length of the whole; empty for {@code *}
 * @param isUnsatisfied whether it is the form {@code bytes *&#47;N}, which carries no range
 */
public record ContentRange(long start, long end, OptionalLong totalBytes, boolean isUnsatisfied) {

  /** Eighteen digits stay below 2^63, with room to add one. */
  private static final Pattern FORM =
      Pattern.compile(
          "bytes[ \\t]+(?:(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)|\\*/(\\d{1,18}))",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads {@code bytes 0-499/1234}, {@code bytes 0-499/*} or {@code bytes *&#47;1234}. Empty for
   * anything else: another unit, a last byte before the first or at or after the total, a number of
   * more than 18 digits.
   */
  public static Optional<ContentRange> parse(String value) {
    Matcher form = FORM.matcher(value.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    if (form.group(4) != null) {
      return Optional.of(
          new ContentRange(0, 0, OptionalLong.of(Long.parseLong(form.group(4))), true));
    }
    long first = Long.parseLong(form.group(1));
    long last = Long.parseLong(form.group(2));
    OptionalLong total =
        form.group(3).equals("*")
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(form.group(3)));
    if (last < first || (total.isPresent() && last >= total.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(new ContentRange(first, last + 1, total, false));
  }

  /** Returns how many bytes the range covers, 0 when unsatisfied. */
  public long lengthBytes() {
    return end - start;
  }
}
