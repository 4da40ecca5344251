package dev.dromedary.observe;

import java.util.List;

/**
 * What a command did. A command that did nothing is no error: it says why.
 *
 * @param matched how many things its argument named, 0 or more
 * @param changed how many of them it changed, 0 to {@code matched}
 * @param left why others were left as they are, each {@code ID: REASON}; the first hundred
 */
public record Change(int matched, int changed, List<String> left) {

  /** As many reasons are told. */
  public static final int MOST_REASONS = 100;

  /** Nothing was named. */
  public static final Change NOTHING = new Change(0, 0, List.of());

  public Change {
    if (matched < 0 || changed < 0 || changed > matched) {
      throw new IllegalArgumentException(
          "change of " + changed + " of " + matched + ": expected 0 <= changed <= matched");
    }
    left = left.stream().limit(MOST_REASONS).toList();
  }
}
