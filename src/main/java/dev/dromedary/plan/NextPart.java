package dev.dromedary.plan;

import dev.dromedary.transfer.ByteRange;

/** What a worker with nothing to do shall do. Immutable, thread-safe. */
public sealed interface NextPart {

  /** Fetch this range, which lies within one of the unassigned. */
  record Take(ByteRange range) implements NextPart {}

  /**
   * Shorten a part in flight and fetch its tail. Its position goes on meanwhile: whoever applies
   * this checks under its own lock that the position is still before {@code newEnd}, and else asks
   * again.
   *
   * @param assignmentIndex which of the parts in flight
   * @param newEnd where that part now ends
   * @param tail {@code [newEnd, its old end)}, for this worker
   */
  record SplitTail(int assignmentIndex, long newEnd, ByteRange tail) implements NextPart {}

  /** Nothing for now; ask again when a part ends or the number of connections changes. */
  record Wait() implements NextPart {}

  /** Nothing is left, neither to take nor in flight. */
  record Done() implements NextPart {}
}
