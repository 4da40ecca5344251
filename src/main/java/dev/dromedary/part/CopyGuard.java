package dev.dromedary.part;

/** Watches a copy: told of every read, it may slow it down or end it. */
@FunctionalInterface
public interface CopyGuard {

  /** Lets every copy pass. */
  CopyGuard NONE = bytes -> {};

  /** Returns how many bytes may be read at once, 1 or more; asked before each read. */
  default int mostBytes() {
    return Integer.MAX_VALUE;
  }

  /**
   * Called after each read on the thread of the copy.
   *
   * <p>It may block to keep to a rate. What it throws ends the copy, after the bytes that came were
   * written.
   *
   * @param bytes how many came, 0 or more
   */
  void received(int bytes);
}
