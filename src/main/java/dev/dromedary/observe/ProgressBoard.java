package dev.dromedary.observe;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows every transfer that runs in this process, and tells listeners what becomes of them.
 * Thread-safe. A listener that fails is logged and disturbs nobody.
 */
public final class ProgressBoard {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressBoard.class);

  private final Clock clock;
  private final Map<String, TransferProgress> open = new LinkedHashMap<>();
  private long pastBytes;
  private final List<TransferListener> listeners = new CopyOnWriteArrayList<>();

  /** Creates an empty board whose snapshots are taken at the clock's time. */
  public ProgressBoard(Clock clock) {
    this.clock = clock;
  }

  /** Puts a transfer on the board; one that is there already under this id is replaced. */
  public TransferProgress open(
      String transferId, String sourceId, String target, Instant startedAt) {
    TransferProgress progress = new TransferProgress(transferId, sourceId, target, startedAt);
    synchronized (open) {
      leave(open.put(transferId, progress));
    }
    return progress;
  }

  /** Tells the listeners of a change after which the transfer goes on. */
  public void changed(TransferEvent event) {
    tell(listener -> listener.onEvent(event));
  }

  /** Tells the listeners that a transfer gives up what is here and goes on from its beginning. */
  public void startsOver(StartOver startOver) {
    tell(listener -> listener.onStartOver(startOver));
  }

  private void tell(Consumer<TransferListener> word) {
    for (TransferListener listener : listeners) {
      try {
        word.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("msg=\"a listener failed\"", e);
      }
    }
  }

  /** Takes the transfer off the board and tells the listeners how it ended. */
  public void ended(TransferEvent event) {
    synchronized (open) {
      leave(open.remove(event.transferId()));
    }
    changed(event);
  }

  /** Returns the bytes that came over the network so far, those of ended transfers included. */
  public long networkBytes() {
    synchronized (open) {
      return pastBytes + open.values().stream().mapToLong(TransferProgress::networkBytes).sum();
    }
  }

  private void leave(@Nullable TransferProgress gone) {
    pastBytes += gone == null ? 0 : gone.networkBytes();
  }

  /** Returns one transfer on the board as it stands now. */
  public Optional<ProgressSnapshot> running(String transferId) {
    TransferProgress progress;
    synchronized (open) {
      progress = open.get(transferId);
    }
    return Optional.ofNullable(progress).map(found -> found.snapshot(clock.instant()));
  }

  /** Returns the transfers on the board as they stand now, in the order they were opened. */
  public List<ProgressSnapshot> running() {
    List<TransferProgress> all;
    synchronized (open) {
      all = List.copyOf(open.values());
    }
    Instant now = clock.instant();
    return all.stream().map(progress -> progress.snapshot(now)).toList();
  }

  /** Adds a listener; it hears of changes from now on. */
  public void listen(TransferListener listener) {
    listeners.add(listener);
  }

  /** Removes a listener; it may still hear of a change under way. */
  public void unlisten(TransferListener listener) {
    listeners.remove(listener);
  }
}
