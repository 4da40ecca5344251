package dev.dromedary.app;

import dev.dromedary.routing.HintQueues;
import dev.dromedary.routing.TransferQueues;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.apache.camel.component.seda.QueueReference;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.component.seda.SedaConsumer;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.jspecify.annotations.Nullable;

/**
 * The queues between routes: those of Camel, but that of transfers, which has turns (ADR 0029). The
 * annotation is what Camel finds the options of the component by.
 */
@Component("seda")
final class QueueComponent extends SedaComponent {

  private static final String TRANSFERS = "seda://transfers";

  private final TransferQueues transfers;

  QueueComponent(TransferQueues transfers) {
    this.transfers = transfers;
    setDefaultQueueFactory(new HintQueues());
  }

  @Override
  public QueueReference getOrCreateQueue(
      SedaEndpoint endpoint,
      @Nullable Integer size,
      @Nullable Boolean multipleConsumers,
      @Nullable BlockingQueueFactory<Exchange> factory) {
    boolean isOfTransfers = getQueueKey(endpoint.getEndpointUri()).equals(TRANSFERS);
    return super.getOrCreateQueue(
        endpoint, size, multipleConsumers, isOfTransfers ? transfers : factory);
  }

  @Override
  protected SedaEndpoint createEndpoint(
      String uri,
      org.apache.camel.Component component,
      @Nullable BlockingQueueFactory<Exchange> factory,
      int concurrentConsumers) {
    return new QueueEndpoint(uri, component, factory, concurrentConsumers);
  }

  private static final class QueueEndpoint extends SedaEndpoint {

    QueueEndpoint(
        String uri,
        org.apache.camel.Component component,
        @Nullable BlockingQueueFactory<Exchange> factory,
        int concurrentConsumers) {
      super(uri, component, factory, concurrentConsumers);
    }

    @Override
    protected SedaConsumer createNewConsumer(Processor processor) {
      return isVirtualThreadPerTask()
          ? super.createNewConsumer(processor)
          : new QueueConsumer(this, processor);
    }
  }
}
