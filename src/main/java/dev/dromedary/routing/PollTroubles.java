package dev.dromedary.routing;

import dev.dromedary.transfer.FailureCode;
import java.util.EnumSet;
import java.util.Set;

/**
 * What polls fail of, each to be told once until a poll goes through: a poll meets it with each of
 * its sources, and the next tick does again. Thread-safe.
 */
final class PollTroubles {

  private final Set<FailureCode> told = EnumSet.noneOf(FailureCode.class);
  private boolean hasFailed;

  /** Is told that a poll begins. */
  synchronized void begin() {
    hasFailed = false;
  }

  /** Is told of a failure; returns whether it is to be told. */
  synchronized boolean failed(FailureCode code) {
    hasFailed = true;
    return told.add(code);
  }

  /**
   * Is told that a poll is at its end; returns whether it went through as others before did not.
   */
  synchronized boolean ended() {
    boolean isOver = !hasFailed && !told.isEmpty();
    if (isOver) {
      told.clear();
    }
    return isOver;
  }
}
