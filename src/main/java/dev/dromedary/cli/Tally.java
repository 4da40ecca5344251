package dev.dromedary.cli;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.TransferState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * How many transfers ended in which state.
 *
 * @param counts by terminal state; absent means none
 */
record Tally(Map<TransferState, Integer> counts) {

  /** Nothing has ended. */
  static final Tally NONE = new Tally(Map.of());

  Tally {
    counts = Map.copyOf(counts);
  }

  /** Counts the given ends. */
  static Tally of(Collection<TransferEvent> ended) {
    Tally tally = NONE;
    for (TransferEvent event : ended) {
      tally = tally.plus(event.state());
    }
    return tally;
  }

  /** Returns the tally with one more. */
  Tally plus(TransferState state) {
    Map<TransferState, Integer> more = new EnumMap<>(TransferState.class);
    more.putAll(counts);
    more.merge(state, 1, Integer::sum);
    return new Tally(more);
  }

  /** Returns how many ended in the state. */
  int count(TransferState state) {
    return counts.getOrDefault(state, 0);
  }

  /** Returns {@code 3 landed, 1 failed}, or {@code nothing} when all counts are 0. */
  String inWords() {
    StringJoiner words = new StringJoiner(", ");
    words.setEmptyValue("nothing");
    for (TransferState state : TransferState.values()) {
      if (count(state) > 0) {
        words.add(count(state) + " " + state.word());
      }
    }
    return words.toString();
  }
}
