package dev.dromedary.routing;

import org.apache.camel.Exchange;

/**
 * The exchange properties the routes and their beans speak through. Properties, never headers: a
 * remote server can name a header, it cannot name these (promise I6).
 */
final class TransferProperties {

  /** The {@link TransferRun} of the exchange. */
  static final String TRANSFER = "transfer";

  /** The {@link dev.dromedary.ledger.TransferRecord} as it was claimed, before it could run. */
  static final String CLAIMED = "claimed";

  /** The {@link dev.dromedary.failure.Failure} that was found last. */
  static final String FAILURE = "failure";

  /** What the step before came to, in capitals; what a {@code choice} in a route tests. */
  static final String OUTCOME = "outcome";

  /** The {@link PartFlow} of the attempt under way. */
  static final String PARTS = "parts";

  /** What the last response came to: ASK, BODY or ENDED. */
  static final String ANSWER = "answer";

  /** The {@link dev.dromedary.part.FormerFile} that is to be replaced. */
  static final String FORMER = "former";

  /** Whether a digest file is to be asked: ASK or KNOWN. */
  static final String DIGESTS = "digests";

  /** The {@link dev.dromedary.transfer.FailureAction} of the last failure, by name. */
  static final String FAILURE_ACTION = "failureAction";

  /** The id of the transfer, set as soon as it is taken from the queue. */
  static final String TRANSFER_ID = "transferId";

  /** Until when the transfer waits for its next attempt; when set, the exchange is not the end. */
  static final String RESTS = "rests";

  /** The {@link TransferGate.Place} of the transfer among those that run. */
  static final String PLACE = "place";

  /** Of a message that calls a transfer from its rest; any value. */
  static final String CALLED = "called";

  private TransferProperties() {}

  static TransferRun run(Exchange exchange) {
    return required(exchange, TRANSFER, TransferRun.class);
  }

  static <T> T required(Exchange exchange, String name, Class<T> type) {
    T value = exchange.getProperty(name, type);
    if (value == null) {
      throw new IllegalStateException(
          "exchange property '" + name + "': expected " + type.getSimpleName() + ", found none");
    }
    return value;
  }
}
