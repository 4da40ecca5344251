package dev.dromedary.operate;

import dev.dromedary.ledger.SourceStanding;
import dev.dromedary.transfer.TransferState;
import java.util.Locale;

/** The one word that tells how a source stands. Pure. */
final class SourceState {

  private SourceState() {}

  static String of(SourceStanding standing) {
    if (standing.active() != null) {
      return word(standing.active());
    }
    if (standing.isPaused()) {
      return "paused";
    }
    return standing.lastOutcome() == null ? "new" : word(standing.lastOutcome());
  }

  static String word(TransferState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
