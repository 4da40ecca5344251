package dev.dromedary.transfer;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name a user probably meant. */
public final class NearestName {

  private NearestName() {}

  /**
   * Returns the nearest known name, if there is one of which hardly any letter was missed, added,
   * replaced or swapped with the next: one in three, of three letters or more. Case counts for
   * nothing.
   */
  public static Optional<String> of(String written, Collection<String> known) {
    String lower = written.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= name.length() / 3)
        .min(
            Comparator.comparingInt((String n) -> distance(lower, n.toLowerCase(Locale.ROOT)))
                .thenComparing(n -> n));
  }

  /** Returns {@code , did you mean 'x'?} or nothing, to be put behind a message. */
  public static String hint(String written, Collection<String> known) {
    return of(written, known).map(name -> ", did you mean '" + name + "'?").orElse("");
  }

  /** Returns {@code expected one of x, y}, behind the name that was probably meant, if any. */
  public static String oneOf(String written, Collection<String> known) {
    String expected = "xpected one of " + String.join(", ", known);
    return of(written, known)
        .map(name -> "did you mean '" + name + "'? E" + expected)
        .orElse("e" + expected);
  }

  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(row[j - 1], last[j]) + 1);
        if (isSwapped(a, i, b, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }

  private static boolean isSwapped(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
