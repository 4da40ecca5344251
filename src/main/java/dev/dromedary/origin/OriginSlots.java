package dev.dromedary.origin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The connections each host is granted over all transfers. A transfer's first connection waits its
 * turn; each further one is taken only when free and nobody waits.
 *
 * <p>Thread-safe; fair for those who wait.
 */
public final class OriginSlots {

  private final int perHost;
  private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();

  /** Grants {@code perHost} connections to each host, 1 or more. */
  public OriginSlots(int perHost) {
    this.perHost = perHost;
  }

  /** Waits for a connection at most {@code millis}; returns whether it was granted. */
  public boolean acquire(String host, long millis) throws InterruptedException {
    return slots(host).tryAcquire(millis, TimeUnit.MILLISECONDS);
  }

  /** Takes a further connection if one is free and no transfer waits for its first. */
  public boolean tryAcquire(String host) {
    Semaphore slots = slots(host);
    return !slots.hasQueuedThreads() && slots.tryAcquire();
  }

  /** Gives a connection back. */
  public void release(String host) {
    slots(host).release();
  }

  private Semaphore slots(String host) {
    return hosts.computeIfAbsent(host, unused -> new Semaphore(perHost, true));
  }
}
