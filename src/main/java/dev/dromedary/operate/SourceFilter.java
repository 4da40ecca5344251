package dev.dromedary.operate;

import dev.dromedary.ledger.SourceStanding;
import dev.dromedary.source.IdPattern;
import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

/** The words of a filter over sources, as {@code SourcesMXBean} tells them. Immutable. */
final class SourceFilter {

  private static final String STATE = "state=";

  /** What a source may be beside its state, since its transfer goes on. */
  private static final String PAUSED = "paused";

  private final List<BiPredicate<Source, SourceStanding>> words = new ArrayList<>();
  private boolean needsStandings;

  private SourceFilter() {}

  static SourceFilter of(String text) {
    SourceFilter filter = new SourceFilter();
    for (String word : text.strip().split("\\s+")) {
      if (!word.isEmpty()) {
        filter.add(word);
      }
    }
    return filter;
  }

  /** Says whether the list alone does not tell. */
  boolean needsStandings() {
    return needsStandings;
  }

  boolean matches(Source source, SourceStanding standing) {
    return words.stream().allMatch(word -> word.test(source, standing));
  }

  private void add(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals(STATE + PAUSED)) {
      add(PAUSED);
    } else if (lower.startsWith(STATE)) {
      String wanted = lower.substring(STATE.length());
      asking((source, standing) -> SourceState.of(standing).equals(wanted));
    } else if (lower.equals(PAUSED)) {
      asking((source, standing) -> standing.isPaused());
    } else if (lower.equals("failing")) {
      asking((source, standing) -> standing.failuresInARow() > 0);
    } else if (IdPattern.isPattern(word)) {
      IdPattern pattern = IdPattern.of(word);
      words.add((source, standing) -> pattern.matches(source.id()));
    } else {
      words.add((source, standing) -> has(source, lower));
    }
  }

  private void asking(BiPredicate<Source, SourceStanding> word) {
    needsStandings = true;
    words.add(word);
  }

  private static boolean has(Source source, String lower) {
    return holds(source.id(), lower)
        || holds(source.target(), lower)
        || holds(MaskedUrl.of(source.url()), lower);
  }

  private static boolean holds(String text, String lower) {
    return text.toLowerCase(Locale.ROOT).contains(lower);
  }
}
