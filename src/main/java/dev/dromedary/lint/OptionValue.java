package dev.dromedary.lint;

import dev.dromedary.transfer.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may be written for an option of an endpoint. Camel takes many a text that is no number for
 * 0, so that this is stricter. Pure.
 */
final class OptionValue {

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
  private static final Pattern SPAN =
      Pattern.compile("(?:[0-9]+(?:ms|[dhms]))+", Pattern.CASE_INSENSITIVE);

  private OptionValue() {}

  /** Returns what is expected of a value of that type instead of the text, and what was found. */
  static Optional<String> problem(Class<?> type, String text) {
    String found = ", found '" + text + "'";
    if (type == boolean.class || type == Boolean.class) {
      return unless(text.matches("(?i)true|false"), "expected true or false" + found);
    }
    if (type == int.class || type == Integer.class) {
      return unless(isInteger(text), "expected a whole number" + found);
    }
    if (type == long.class || type == Long.class) {
      boolean isLong = WHOLE.matcher(text).matches() || SPAN.matcher(text).matches();
      return unless(isLong, "expected a whole number or a duration such as 5s or 1h30m" + found);
    }
    if (type.isEnum()) {
      List<String> words =
          Arrays.stream(type.getEnumConstants()).map(word -> ((Enum<?>) word).name()).toList();
      boolean isWord = words.stream().anyMatch(word -> bare(word).equals(bare(text)));
      return unless(
          isWord,
          "expected one of " + String.join(", ", words) + found + NearestName.hint(text, words));
    }
    return Optional.empty();
  }

  private static boolean isInteger(String text) {
    try {
      Integer.parseInt(text);
      return WHOLE.matcher(text).matches();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Camel takes {@code try-rename} for {@code TRY_RENAME}, and either in any case. */
  private static String bare(String word) {
    return word.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }

  private static Optional<String> unless(boolean fits, String problem) {
    return fits ? Optional.empty() : Optional.of(problem);
  }
}
