package dev.dromedary.routing;

import dev.dromedary.transfer.Source;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The queue of transfers, which gives out only what may begin: as many as the {@link TransferGate}
 * lets in, and of one host no more than it grants connections, and one that waits for the next of
 * these. So a host that is slow, or grants few, keeps no place that another could use; nor does it
 * fill the queue, since its line may be as long as the room that is left (ADR 0029; after the
 * dynamic thresholds of Choudhury and Hahne, IEEE/ACM Transactions on Networking 6(2), 1998). The
 * place of a message is given back at the end of its exchange. When nothing new is taken, all is
 * given out without a place.
 *
 * <p>Thread-safe.
 */
final class TransferQueue extends AbstractQueue<Exchange> implements BlockingQueue<Exchange> {

  private static final String NO_HOST = "";
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int capacity;
  private final TransferServices services;
  private final TransferGate gate;
  private final HostLines<Queued> lines = new HostLines<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mayBegin = lock.newCondition();
  private final Condition hasRoom = lock.newCondition();
  private List<Source> linedUpBy;
  private int called;

  TransferQueue(int capacity, TransferServices services, TransferGate gate) {
    this.capacity = capacity;
    this.services = services;
    this.gate = gate;
    this.linedUpBy = services.catalog().sources();
    gate.onRoom(this::look);
    gate.servesQueue(() -> size() > 0);
  }

  /** Lets one who waits look again; who finds something lets the next look. */
  private void look() {
    lock.lock();
    try {
      mayBegin.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean offer(Exchange exchange) {
    Queued queued = Queued.of(exchange, services.ledger());
    lock.lock();
    try {
      return add(queued);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean offer(Exchange exchange, long timeout, TimeUnit unit) throws InterruptedException {
    Queued queued = Queued.of(exchange, services.ledger());
    long nanos = unit.toNanos(timeout);
    lock.lockInterruptibly();
    try {
      while (!add(queued)) {
        if (nanos <= 0) {
          return false;
        }
        nanos = hasRoom.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(Exchange exchange) throws InterruptedException {
    offer(exchange, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  /** What is called from its rest is kept in memory anyway, and needs no room here. */
  private boolean add(Queued queued) {
    String host = host(queued.sourceId());
    if (!queued.isCalled() && !takes(host)) {
      return false;
    }
    lines.add(host, queued);
    called += queued.isCalled() ? 1 : 0;
    mayBegin.signal();
    return true;
  }

  private boolean takes(String host) {
    return lines.length(host) < remaining();
  }

  /** Says whether the line of a host may become longer. */
  boolean hasRoom(String host) {
    lock.lock();
    try {
      lineUpAsEdited();
      return takes(host);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the line of one of these hosts may become longer; empty when it was over first. */
  Optional<String> awaitRoom(Set<String> hosts, BooleanSupplier isOver) {
    lock.lock();
    try {
      while (!isOver.getAsBoolean()) {
        lineUpAsEdited();
        Optional<String> host = hosts.stream().filter(this::takes).findFirst();
        if (host.isPresent()) {
          return host;
        }
        hasRoom.awaitNanos(PAUSE_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return Optional.empty();
  }

  /** Returns the host in whose line a transfer of a source waits. */
  String host(@Nullable String sourceId) {
    return Optional.ofNullable(sourceId)
        .flatMap(services.catalog()::find)
        .map(source -> Mirror.host(source.urls().get(0)))
        .orElse(NO_HOST);
  }

  @Override
  public @Nullable Exchange poll() {
    lock.lock();
    try {
      return next();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Exchange poll(long timeout, TimeUnit unit) throws InterruptedException {
    long nanos = unit.toNanos(timeout);
    lock.lockInterruptibly();
    try {
      Exchange next = next();
      while (next == null && nanos > 0) {
        nanos = mayBegin.awaitNanos(nanos);
        next = next();
      }
      return next;
    } catch (OutOfMemoryError e) {
      // thrown on it would end this consumer of Camel's for good; what waits is still here
    } finally {
      lock.unlock();
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    return null;
  }

  @Override
  public Exchange take() throws InterruptedException {
    Exchange next = null;
    while (next == null) {
      next = poll(1, TimeUnit.SECONDS);
    }
    return next;
  }

  private @Nullable Exchange next() {
    if (lines.size() == 0) {
      return null;
    }
    if (!services.stop().takesNew()) {
      return turnedAway();
    }
    if (gate.isFull()) {
      return null;
    }
    lineUpAsEdited();
    String host = lines.next(gate::inside, this::most).orElse(null);
    TransferGate.Place place = host == null ? null : gate.tryEnter(host);
    if (host == null || place == null) {
      return null;
    }
    try {
      place.giveTo(lines.first(host).exchange());
      return taken(host);
    } catch (OutOfMemoryError e) {
      place.leave();
      throw e;
    }
  }

  private @Nullable Exchange turnedAway() {
    String host = lines.oldest().orElse(null);
    if (host == null) {
      return null;
    }
    lines.first(host).exchange().setProperty(TransferProperties.PLACE, TransferGate.NO_PLACE);
    return taken(host);
  }

  private Exchange taken(String host) {
    Queued taken = lines.take(host);
    called -= taken.isCalled() ? 1 : 0;
    hasRoom.signalAll();
    mayBegin.signal();
    return taken.exchange();
  }

  private int most(String host) {
    return host.equals(NO_HOST) ? Integer.MAX_VALUE : services.slots().mostConnections(host) + 1;
  }

  private void lineUpAsEdited() {
    List<Source> now = services.catalog().sources();
    if (now != linedUpBy) {
      lines.lineUp(queued -> host(queued.sourceId()));
      linedUpBy = now;
    }
  }

  /** Returns how many wait for their turn at each host of which as many go on as may. */
  SortedMap<String, Integer> heldBack() {
    lock.lock();
    try {
      lineUpAsEdited();
      Map<String, Integer> lengths = lines.lengths();
      lengths.keySet().removeIf(host -> gate.inside(host) < most(host));
      return new TreeMap<>(lengths);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the messages of a transfer, which is not to begin any more. */
  void forget(String transferId) {
    end(removed(queued -> queued.transferId().equals(transferId)));
  }

  /** Purges it, as an operator may do by Camel's own bean; see {@link HintQueues}. */
  @Override
  public void clear() {
    end(removed(queued -> true));
  }

  @Override
  public boolean remove(Object exchange) {
    return !removed(queued -> queued.exchange() == exchange).isEmpty();
  }

  private static void end(List<Exchange> removed) {
    removed.forEach(ExchangeEnd::reached);
  }

  private List<Exchange> removed(Predicate<Queued> which) {
    lock.lock();
    try {
      List<Queued> removed = lines.removeIf(which);
      called -= (int) removed.stream().filter(Queued::isCalled).count();
      hasRoom.signalAll();
      return removed.stream().map(Queued::exchange).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int drainTo(Collection<? super Exchange> to) {
    return drainTo(to, Integer.MAX_VALUE);
  }

  @Override
  public int drainTo(Collection<? super Exchange> to, int most) {
    lock.lock();
    try {
      int drained = 0;
      while (drained < most && lines.size() > 0) {
        lines.oldest().map(this::taken).ifPresent(to::add);
        drained++;
      }
      return drained;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Exchange peek() {
    return all().stream().findFirst().orElse(null);
  }

  /** Goes over what waited at this moment, in the order it came. */
  @Override
  public Iterator<Exchange> iterator() {
    return all().iterator();
  }

  private List<Exchange> all() {
    lock.lock();
    try {
      return lines.all().stream().map(Queued::exchange).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int size() {
    lock.lock();
    try {
      return lines.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int remainingCapacity() {
    lock.lock();
    try {
      return Math.max(0, remaining());
    } finally {
      lock.unlock();
    }
  }

  private int remaining() {
    return capacity - (lines.size() - called);
  }
}
