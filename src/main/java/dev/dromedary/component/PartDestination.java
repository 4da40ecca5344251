package dev.dromedary.component;

import dev.dromedary.part.CopyGuard;
import dev.dromedary.part.PartWriter;

/** Where a body is written to; as a guard it is told of every read, before that is written. */
public interface PartDestination extends CopyGuard {

  /** Returns the writer, open at the offset of the body's first byte. */
  PartWriter writer();

  /**
   * Returns the offset after the last byte wanted; may shrink while bytes arrive. {@link
   * Long#MAX_VALUE} when the body's end decides.
   */
  long endOffset();
}
