package dev.dromedary.demo;

import dev.dromedary.transfer.ByteRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Range header asks of a representation of known length. Source: RFC 9110 §14.1.2.
 *
 * @param kind whether there is anything to honour
 * @param range what to send, only where it is satisfiable
 */
record RangeHeader(Kind kind, @Nullable ByteRange range) {

  private static final Pattern SINGLE = Pattern.compile("(?i:bytes)\\s*=\\s*(\\d*)-(\\d*)\\s*");
  private static final RangeHeader IGNORED = new RangeHeader(Kind.IGNORED, null);
  private static final RangeHeader UNSATISFIABLE = new RangeHeader(Kind.UNSATISFIABLE, null);

  /** Whether there is anything to honour. */
  enum Kind {
    /** Absent, another unit, malformed, or several ranges, which a server may ignore. */
    IGNORED,
    /** Nothing of it lies within the representation: 416. */
    UNSATISFIABLE,
    /** One range: 206. */
    SATISFIABLE
  }

  /** Reads a header value against a length. */
  static RangeHeader parse(Optional<String> value, long lengthBytes) {
    Matcher matcher = SINGLE.matcher(value.orElse(""));
    if (!matcher.matches() || (matcher.group(1) + matcher.group(2)).isEmpty()) {
      return IGNORED;
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Math.min(number(matcher.group(2)), lengthBytes);
      return between(lengthBytes - suffix, lengthBytes);
    }
    long first = number(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : number(matcher.group(2));
    if (last < first) {
      return IGNORED;
    }
    return between(first, last >= lengthBytes ? lengthBytes : last + 1);
  }

  Optional<ByteRange> satisfiable() {
    return Optional.ofNullable(range);
  }

  private static RangeHeader between(long start, long end) {
    return start < end
        ? new RangeHeader(Kind.SATISFIABLE, new ByteRange(start, end))
        : UNSATISFIABLE;
  }

  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
