package dev.dromedary.origin;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.StreamClosedException;

/**
 * The bytes of a body whose length was announced. {@code close()} before the end reads nothing
 * more: it gives the connection up.
 *
 * <p>One reader. Source: RFC 9112 §6.2.
 */
final class LengthBody extends DirectBody {

  private final BodyBytes connection;
  private final Runnable giveUp;
  private final long lengthBytes;
  private long leftBytes;
  private boolean isClosed;

  /**
   * Reads so many bytes, 1 or more.
   *
   * @param giveUp closes the connection at once; called when the body is left before its end
   */
  LengthBody(BodyBytes connection, long lengthBytes, Runnable giveUp) {
    this.connection = connection;
    this.lengthBytes = lengthBytes;
    this.leftBytes = lengthBytes;
    this.giveUp = giveUp;
  }

  @Override
  boolean isDirect() {
    return connection.isDirect();
  }

  @Override
  public boolean hasBacklog() {
    return connection.hasBacklog();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (isClosed) {
      throw new StreamClosedException();
    }
    if (length == 0 || leftBytes == 0) {
      return length == 0 ? 0 : -1;
    }
    return counted(connection.read(into, offset, (int) Math.min(length, leftBytes)));
  }

  @Override
  int read(ByteBuffer into) throws IOException {
    if (isClosed) {
      throw new StreamClosedException();
    }
    if (!into.hasRemaining() || leftBytes == 0) {
      return into.hasRemaining() ? -1 : 0;
    }
    return counted(connection.read(into, leftBytes));
  }

  private int counted(int count) throws IOException {
    if (count < 0) {
      throw new ConnectionClosedException(
          "Premature end of Content-Length delimited message body (expected: %d; received: %d)",
          lengthBytes, lengthBytes - leftBytes);
    }
    leftBytes -= count;
    return count;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      if (leftBytes > 0) {
        giveUp.run();
      }
    }
  }
}
