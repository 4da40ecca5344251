package dev.dromedary.operate;

import dev.dromedary.ledger.SourceStanding;

/** The one word that tells how a source stands. Pure. */
final class SourceState {

  private SourceState() {}

  static String of(SourceStanding standing) {
    if (standing.active() != null) {
      return standing.active().word();
    }
    if (standing.isPaused()) {
      return "paused";
    }
    return standing.lastOutcome() == null ? "new" : standing.lastOutcome().word();
  }
}
