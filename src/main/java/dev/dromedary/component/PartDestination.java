package dev.dromedary.component;

import dev.dromedary.part.PartWriter;

/** Where a body is written to, and what is told about it. */
public interface PartDestination {

  /** Returns the writer, open at the offset of the body's first byte. */
  PartWriter writer();

  /**
   * Returns the offset after the last byte wanted; may shrink while bytes arrive. {@link
   * Long#MAX_VALUE} when the body's end decides.
   */
  long endOffset();

  /**
   * Is told of bytes read, before they are written.
   *
   * @throws RuntimeException to end the copy; what was read until then is written first
   */
  void received(int bytes);
}
