package dev.dromedary.routing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** A body of which every read is told before its bytes are used. One reader. */
final class PacedBody extends FilterInputStream {

  private final IntConsumer received;

  /** Creates it; {@code received} is given the bytes of each read and throws to end it. */
  PacedBody(InputStream body, IntConsumer received) {
    super(body);
    this.received = received;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count > 0) {
      received.accept(count);
    }
    return count;
  }
}
