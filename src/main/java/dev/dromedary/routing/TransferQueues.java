package dev.dromedary.routing;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.transfer.TransferState;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.jspecify.annotations.Nullable;

/** Makes the {@link TransferQueue} for whoever makes queues, and knows it. Thread-safe. */
public final class TransferQueues
    implements BlockingQueueFactory<Exchange>, TransferListener, DueByRoom.Lines {

  private final TransferServices services;
  private final TransferGate gate;
  private volatile @Nullable TransferQueue made;

  /** Lets transfers begin as {@code gate} and the connections of {@code services} allow. */
  public TransferQueues(TransferServices services, TransferGate gate) {
    this.services = services;
    this.gate = gate;
  }

  @Override
  public BlockingQueue<Exchange> create() {
    return create(Integer.MAX_VALUE);
  }

  @Override
  public BlockingQueue<Exchange> create(int capacity) {
    TransferQueue queue = new TransferQueue(capacity, services, gate);
    made = queue;
    return queue;
  }

  /** Returns the host in whose line a transfer of a source waits; none where there are no lines. */
  Optional<String> host(String sourceId) {
    return Optional.ofNullable(made).map(queue -> queue.host(sourceId));
  }

  @Override
  public boolean hasRoom(String host) {
    TransferQueue queue = made;
    return queue == null || queue.hasRoom(host);
  }

  @Override
  public Optional<String> awaitRoom(Set<String> hosts, BooleanSupplier isOver) {
    return Optional.ofNullable(made).flatMap(queue -> queue.awaitRoom(hosts, isOver));
  }

  /** Returns how many transfers wait in the queue for each host that has as many as it may. */
  public SortedMap<String, Integer> heldBack() {
    TransferQueue queue = made;
    return queue == null ? Collections.emptySortedMap() : queue.heldBack();
  }

  /** What is cancelled while it is in the queue waits for nothing any more. */
  @Override
  public void onEvent(TransferEvent event) {
    TransferQueue queue = made;
    if (queue != null && event.state() == TransferState.CANCELLED) {
      queue.forget(event.transferId());
    }
  }
}
