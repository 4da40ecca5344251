package dev.dromedary.transfer;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name a user probably meant. */
public final class NearestName {

  private NearestName() {}

  /** Returns the known name within an edit distance of a third of its length, if there is one. */
  public static Optional<String> of(String written, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(written, name) <= Math.max(2, name.length() / 3))
        .min(
            Comparator.comparingInt((String name) -> distance(written, name))
                .thenComparing(n -> n));
  }

  /** Returns {@code , did you mean 'x'?} or nothing, to be put behind a message. */
  public static String hint(String written, Collection<String> known) {
    return of(written, known).map(name -> ", did you mean '" + name + "'?").orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, Math.min(row[j - 1], above) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
