package dev.dromedary.origin;

/** Where bytes are read that may come faster than that. For the thread that reads. */
@FunctionalInterface
interface Backlog {

  /** Less than this may come between two reads by any path. */
  int LEAST_BYTES = 64 * 1024;

  /** Says whether the last read found all it had room for, {@link #LEAST_BYTES} or more. */
  boolean hasBacklog();
}
