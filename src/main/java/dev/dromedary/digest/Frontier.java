package dev.dromedary.digest;

/** How far a file that still arrives can be read from its beginning without a gap. */
@FunctionalInterface
public interface Frontier {

  /**
   * Waits until it is beyond an offset.
   *
   * @return the offset after the last byte that can be read; not beyond when no more will come
   */
  long awaitBeyond(long offset) throws InterruptedException;
}
