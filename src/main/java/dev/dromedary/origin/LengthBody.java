package dev.dromedary.origin;

import java.io.IOException;
import org.apache.hc.core5.http.ConnectionClosedException;

/** The bytes of a body whose length was announced. One reader. Source: RFC 9112 §6.2. */
final class LengthBody extends DirectBody {

  private final long lengthBytes;

  /** Reads so many bytes, 1 or more. */
  LengthBody(BodyBytes connection, long lengthBytes, Runnable giveUp) {
    super(connection, giveUp);
    this.lengthBytes = lengthBytes;
    this.leftBytes = lengthBytes;
  }

  @Override
  boolean hasMore() {
    return leftBytes > 0;
  }

  @Override
  boolean isAtItsEnd() {
    return leftBytes == 0;
  }

  @Override
  int counted(int count) throws IOException {
    if (count < 0) {
      throw new ConnectionClosedException(
          "Premature end of Content-Length delimited message body (expected: %d; received: %d)",
          lengthBytes, lengthBytes - leftBytes);
    }
    leftBytes -= count;
    return count;
  }
}
