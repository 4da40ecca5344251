package dev.dromedary.routing;

import org.apache.camel.Exchange;

/**
 * Follows the message of a transfer out of the route that queues it, which may not be able to; and
 * a route that is stopped rejects what its consumers hold between the queue and the first step,
 * without a word to anybody.
 */
final class QueuedMessage {

  private QueuedMessage() {}

  /**
   * Lets {@code then} run when a message could not be queued, or has been taken from the queue and
   * ended before a worker began with its transfer. Where the queue does not take over what is to be
   * done at the end of an exchange, as the one of a broker does not, nothing is run.
   */
  static void ifRejected(Exchange queued, Runnable then) {
    ExchangeEnd.then(
        queued,
        taken -> {
          boolean isBegun = taken.getProperty(TransferProperties.TRANSFER_ID) != null;
          boolean isRejected = taken == queued ? hasFailed(queued) : !isBegun;
          if (isRejected) {
            then.run();
          }
        });
  }

  private static boolean hasFailed(Exchange queued) {
    return queued.isFailed() || queued.getExchangeExtension().isErrorHandlerHandled();
  }
}
