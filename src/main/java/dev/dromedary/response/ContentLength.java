package dev.dromedary.response;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a response says of the length of its body.
 *
 * @param isMalformed whether the header is there and cannot be believed
 * @param bytes the length, 0 or more; empty without the header, when malformed, and when {@code
 *     Transfer-Encoding} overrides it
 */
record ContentLength(boolean isMalformed, OptionalLong bytes) {

  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
  private static final ContentLength UNKNOWN = new ContentLength(false, OptionalLong.empty());
  private static final ContentLength MALFORMED = new ContentLength(true, OptionalLong.empty());

  /**
   * Reads the header. Equal repetitions count once, in one field line or in several; different ones
   * are malformed. Source: RFC 9110 §8.6, RFC 9112 §6.3.
   */
  static ContentLength of(ResponseFacts facts) {
    Set<Long> lengths = new HashSet<>();
    for (String line : facts.all("Content-Length")) {
      for (String member : line.split(",", -1)) {
        if (!DIGITS.matcher(member.strip()).matches()) {
          return MALFORMED;
        }
        lengths.add(Long.parseLong(member.strip()));
      }
    }
    if (lengths.size() > 1) {
      return MALFORMED;
    }
    return lengths.isEmpty() || facts.has("Transfer-Encoding")
        ? UNKNOWN
        : new ContentLength(false, OptionalLong.of(lengths.iterator().next()));
  }
}
