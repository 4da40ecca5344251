package dev.dromedary.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.BlockingQueueFactory;

/**
 * Makes the queues between routes: those of Camel, but that a message which is purged, as an
 * operator may do by Camel's own bean, has ended for whoever follows it. The ledger has its
 * transfer, and the next poll queues it again. Stateless.
 */
public final class HintQueues implements BlockingQueueFactory<Exchange> {

  @Override
  public BlockingQueue<Exchange> create() {
    return create(Integer.MAX_VALUE);
  }

  @Override
  public BlockingQueue<Exchange> create(int capacity) {
    return new HintQueue(capacity);
  }

  private static final class HintQueue extends LinkedBlockingQueue<Exchange> {

    private static final long serialVersionUID = 1;

    HintQueue(int capacity) {
      super(capacity);
    }

    @Override
    public void clear() {
      List<Exchange> purged = new ArrayList<>();
      drainTo(purged);
      purged.forEach(ExchangeEnd::reached);
    }
  }
}
