package dev.dromedary.observe;

/**
 * Is told of every change of a transfer's state and of what is given up meanwhile, on the thread
 * that made it; must be quick.
 */
@FunctionalInterface
public interface TransferListener {

  /** Takes note of one change; called from several threads at once. */
  void onEvent(TransferEvent event);

  /** Takes note that one starts over; the same holds as of a change. */
  default void onStartOver(StartOver startOver) {}
}
