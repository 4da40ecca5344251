package dev.dromedary.cli;

import dev.dromedary.observe.TransferListener;

/** Shows progress on standard error from its creation until it is closed. Thread-safe. */
interface Display extends TransferListener, AutoCloseable {

  /** Takes what is left of the bars off the screen; what was said stays. */
  @Override
  void close();
}
