package dev.dromedary.transfer;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A content type, or all of a kind: {@code application/zip}, {@code text/*}. Immutable,
 * thread-safe. Source: RFC 9110 §8.3.1, §12.5.1.
 *
 * @param type in lower case, or {@code *}
 * @param subtype in lower case, or {@code *}
 */
public record MediaRange(String type, String subtype) {

  private static final String TOKEN = "[!#$%&'+.^_`|~0-9A-Za-z-]{1,127}";
  private static final Pattern RANGE =
      Pattern.compile("\\*/\\*|(" + TOKEN + ")/(\\*|" + TOKEN + ")");
  private static final Pattern SENT =
      Pattern.compile("\\s*(" + TOKEN + ")/(" + TOKEN + ")\\s*(;.*)?", Pattern.DOTALL);

  /**
   * Reads a content type without parameters.
   *
   * @throws IllegalArgumentException with a message for the user when it is none
   */
  public static MediaRange parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException(
          "expected a content type such as application/zip or text/*");
    }
    return range.group(1) == null
        ? new MediaRange("*", "*")
        : new MediaRange(lower(range.group(1)), lower(range.group(2)));
  }

  /**
   * Reads a {@code Content-Type} as a server sent it, parameters left out; empty when it is none.
   */
  public static Optional<MediaRange> sent(String header) {
    Matcher sent = SENT.matcher(header);
    return sent.matches()
        ? Optional.of(new MediaRange(lower(sent.group(1)), lower(sent.group(2))))
        : Optional.empty();
  }

  /** Says whether another is of this kind. */
  public boolean includes(MediaRange other) {
    return (type.equals("*") || type.equals(other.type))
        && (subtype.equals("*") || subtype.equals(other.subtype));
  }

  @Override
  public String toString() {
    return type + "/" + subtype;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
