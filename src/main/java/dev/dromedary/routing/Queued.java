package dev.dromedary.routing;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.DromedaryException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the {@link TransferQueue}.
 *
 * @param sourceId null of what the ledger does not know
 * @param isCalled whether it was called from its rest
 */
record Queued(String transferId, @Nullable String sourceId, boolean isCalled, Exchange exchange) {

  /** A message that names no transfer has no source; its route finds out. */
  static Queued of(Exchange exchange, Ledger ledger) {
    String id = String.valueOf(exchange.getMessage().getBody());
    boolean isCalled = exchange.getProperty(TransferProperties.CALLED) != null;
    return new Queued(id, sourceOf(id, ledger), isCalled, exchange);
  }

  private static @Nullable String sourceOf(String transferId, Ledger ledger) {
    try {
      return ledger.transfer(transferId).map(TransferRecord::sourceId).orElse(null);
    } catch (DromedaryException e) {
      return null;
    }
  }
}
