package dev.dromedary.cli;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;

/** Says nothing but failures, and once what this machine lacks, for which somebody has to act. */
final class QuietDisplay implements Display {

  private final PrintStream err;
  private final Set<FailureCode> lacking = EnumSet.noneOf(FailureCode.class);

  QuietDisplay(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void onEvent(TransferEvent event) {
    FailureCode code = event.code();
    boolean isShortage = code != null && code.action() == FailureAction.SHORTAGE;
    if (event.state() == TransferState.RETRYING && isShortage && lacking.add(code)) {
      err.println("dromedary: waits: " + Words.failureOfSource(event));
    }
    if (event.state() == TransferState.FAILED) {
      err.println("dromedary: " + Words.failureOfSource(event));
    }
  }

  @Override
  public void close() {}
}
