package dev.dromedary.cli;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.TransferState;
import java.io.PrintStream;

/** Says nothing but failures. */
final class QuietDisplay implements Display {

  private final PrintStream err;

  QuietDisplay(PrintStream err) {
    this.err = err;
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event.state() == TransferState.FAILED) {
      err.println("dromedary: " + Words.failureOfSource(event));
    }
  }

  @Override
  public void close() {}
}
