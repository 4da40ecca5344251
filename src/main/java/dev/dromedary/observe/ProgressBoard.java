package dev.dromedary.observe;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
      open.put(transferId, progress);
    }
    return progress;
  }

  /** Tells the listeners of a change after which the transfer goes on. */
  public void changed(TransferEvent event) {
    for (TransferListener listener : listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        LOG.warn("msg=\"a listener failed\" state={}", event.state(), e);
      }
    }
  }

  /** Takes the transfer off the board and tells the listeners how it ended. */
  public void ended(TransferEvent event) {
    synchronized (open) {
      open.remove(event.transferId());
    }
    changed(event);
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
