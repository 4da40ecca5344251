package dev.dromedary.origin;

/**
 * A body of a response that tells whether its connection brings bytes faster than they are read:
 * what tells a path that is slow from a machine that has no more to give. For the thread that reads
 * it.
 */
@FunctionalInterface
public interface Backlog {

  /** Less than this may come between two reads by any path. */
  int LEAST_BYTES = 64 * 1024;

  /** Says whether the last read found all it had room for, {@link #LEAST_BYTES} or more. */
  boolean hasBacklog();
}
