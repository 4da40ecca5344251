package dev.dromedary.cli;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Says nothing but failures, and once what this machine lacks, for which somebody has to act; in
 * the end why what has not ended was tried again.
 */
final class QuietDisplay implements Display {

  /** More would hide what they have in common. */
  private static final int MOST_TOLD = 10;

  private final PrintStream err;
  private final Set<FailureCode> lacking = EnumSet.noneOf(FailureCode.class);
  private final Map<String, TransferEvent> retried = new LinkedHashMap<>();

  QuietDisplay(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void onEvent(TransferEvent event) {
    FailureCode code = event.code();
    boolean isShortage = code != null && code.action() == FailureAction.SHORTAGE;
    if (event.state() == TransferState.RETRYING) {
      retried.put(event.sourceId(), event);
      if (isShortage && lacking.add(code)) {
        err.println("dromedary: waits: " + Words.failureOfSource(event));
      }
    }
    if (event.state().isTerminal()) {
      retried.remove(event.sourceId());
    }
    if (event.state() == TransferState.FAILED) {
      err.println("dromedary: " + Words.failureOfSource(event));
    }
  }

  @Override
  public synchronized void close() {
    retried.values().stream()
        .limit(MOST_TOLD)
        .forEach(event -> err.println("dromedary: unfinished: " + Words.failureOfSource(event)));
    if (retried.size() > MOST_TOLD) {
      err.println("dromedary: unfinished: " + (retried.size() - MOST_TOLD) + " more");
    }
    retried.clear();
  }
}
