package dev.dromedary.origin;

/**
 * A body of a response that tells how long its reader waited for bytes: what tells a slow path from
 * a machine that has no more to give; and how it ended. Thread-safe unless said otherwise.
 */
public interface TimedBody {

  /**
   * Returns how long all reads waited by now, in nanoseconds; one that found what it had room for
   * did not wait.
   *
   * @param nowNanos as the clock of the requests counts
   */
  long waitedNanos(long nowNanos);

  /**
   * Says whether it ended with its connection without the end that TLS tells: it may be cut then.
   * For the thread that reads. Source: RFC 9112 §9.8.
   */
  boolean isCut();
}
