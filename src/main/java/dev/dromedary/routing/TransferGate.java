package dev.dromedary.routing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * How many transfers may run at the same time, which may be changed while they do: lowering it ends
 * none, it lets fewer begin. Thread-safe.
 */
public final class TransferGate {

  /** What has been turned away has instead of a {@link Place}. */
  static final Object NO_PLACE = "none";

  private static final long LOOK_MILLIS = 100;

  private final int settledWidth;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private final Map<String, Integer> ofHosts = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<BooleanSupplier> queues = new CopyOnWriteArrayList<>();
  private int width;
  private int inside;

  /** Lets {@code width} in at the same time as configured, 1 or more. */
  public TransferGate(int width) {
    this.settledWidth = width;
    this.width = width;
  }

  /** Returns how many may be inside. */
  public synchronized int width() {
    return width;
  }

  /** Sets how many may be inside, 1 or more. */
  public void width(int transfers) {
    synchronized (this) {
      width = transfers;
      notifyAll();
    }
    listeners.forEach(Runnable::run);
  }

  /** Takes back what was set by hand. */
  public void widthAsConfigured() {
    width(settledWidth);
  }

  /** Says whether another number may be inside than configured. */
  public boolean isWidthByHand() {
    return width() != settledWidth;
  }

  /** Returns how many are inside. */
  public synchronized int inside() {
    return inside;
  }

  /** Returns how many are inside that count for a host. */
  synchronized int inside(String host) {
    return ofHosts.getOrDefault(host, 0);
  }

  /** Says whether nobody else may enter at present. */
  synchronized boolean isFull() {
    return inside >= width || !waiting.isEmpty();
  }

  /** Lets {@code then} run, on any thread, each time that more may enter than before. */
  void onRoom(Runnable then) {
    listeners.add(then);
  }

  /** Is told who knows, asked on any thread, whether somebody waits to enter. */
  void servesQueue(BooleanSupplier somebodyWaits) {
    queues.add(somebodyWaits);
  }

  private boolean somebodyWaits() {
    synchronized (this) {
      if (!waiting.isEmpty()) {
        return true;
      }
    }
    return queues.stream().anyMatch(BooleanSupplier::getAsBoolean);
  }

  /** Enters at once, counted for a host; returns null where there is no room. */
  synchronized @Nullable Place tryEnter(String host) {
    if (isFull()) {
      return null;
    }
    Place place = new Place(host);
    inside++;
    return place;
  }

  /**
   * Waits for a place, counted for no host: for what came by another queue than {@link
   * TransferQueue}. Who came first enters first. Returns null when nothing new is taken meanwhile.
   */
  synchronized @Nullable Place enter(StopSignal stop) {
    Object turn = new Object();
    waiting.add(turn);
    try {
      while ((inside >= width || waiting.peek() != turn) && stop.takesNew()) {
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      waiting.remove(turn);
      notifyAll();
    }
    if (!stop.takesNew()) {
      return null;
    }
    inside++;
    return new Place(null);
  }

  /** What one transfer takes up, until its exchange ends. Thread-safe. */
  final class Place {
    private final @Nullable String host;
    private boolean isCounted;

    private Place(@Nullable String host) {
      this.host = host;
      count();
    }

    /** Lets an exchange have it; its end gives it back. */
    void giveTo(Exchange exchange) {
      exchange.setProperty(TransferProperties.PLACE, this);
      ExchangeEnd.then(exchange, done -> leave());
    }

    /** Says whether somebody waits for a place. */
    boolean isWanted() {
      return somebodyWaits();
    }

    /** Counts for its host, which it asks again; idempotent. */
    void enterHost() {
      synchronized (TransferGate.this) {
        count();
      }
    }

    /** Counts for no host until it asks it again. */
    void leaveHost() {
      synchronized (TransferGate.this) {
        uncount();
      }
      listeners.forEach(Runnable::run);
    }

    /** Gives it back; once. */
    void leave() {
      synchronized (TransferGate.this) {
        uncount();
        inside--;
        TransferGate.this.notifyAll();
      }
      listeners.forEach(Runnable::run);
    }

    private void count() {
      if (host != null && !isCounted) {
        ofHosts.merge(host, 1, Integer::sum);
        isCounted = true;
      }
    }

    private void uncount() {
      if (host != null && isCounted) {
        ofHosts.computeIfPresent(host, (unused, many) -> many > 1 ? many - 1 : null);
        isCounted = false;
      }
    }
  }
}
