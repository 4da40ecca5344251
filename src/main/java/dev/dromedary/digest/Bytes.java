package dev.dromedary.digest;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Random access to the bytes of a file. */
@FunctionalInterface
public interface Bytes {

  /** Reads some bytes from an offset on; returns how many, -1 at the end. */
  int readAt(ByteBuffer into, long offset) throws IOException;
}
