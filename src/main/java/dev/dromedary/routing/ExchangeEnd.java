package dev.dromedary.routing;

import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.UnitOfWorkHelper;

/** What is done at the end of an exchange, however it ends. */
final class ExchangeEnd {

  private ExchangeEnd() {}

  /** Lets {@code then} be done with the exchange that ends, which may be one it was handed to. */
  static void then(Exchange exchange, Consumer<Exchange> then) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                then.accept(done);
              }
            });
  }

  /** Ends an exchange that no route will: what was to be done then is done. */
  static void reached(Exchange exchange) {
    UnitOfWorkHelper.doneSynchronizations(
        exchange, exchange.getExchangeExtension().handoverCompletions());
  }
}
