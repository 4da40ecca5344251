package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A body that can also be read into memory outside the heap. One reader. */
abstract class DirectBody extends InputStream implements Backlog {

  /** Says whether {@link #read(ByteBuffer)} is the better way to read it. */
  abstract boolean isDirect();

  /** Says whether it ended with its connection, and TLS did not say so. */
  boolean isCut() {
    return false;
  }

  /**
   * Reads some bytes into what remains of the buffer.
   *
   * @return how many; -1 at the end of the body
   */
  abstract int read(ByteBuffer into) throws IOException;

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
