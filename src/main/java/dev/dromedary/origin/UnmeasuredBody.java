package dev.dromedary.origin;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.StreamClosedException;

/**
 * The bytes of a body that ends with its connection. Under TLS it is complete only when TLS says so
 * too. {@code close()} before the end reads nothing more: it gives the connection up.
 *
 * <p>One reader. Source: RFC 9112 §6.3, §9.8.
 */
final class UnmeasuredBody extends DirectBody {

  private final BodyBytes connection;
  private final Runnable giveUp;
  private boolean hasEnded;
  private boolean isClosed;

  /**
   * Reads all there is.
   *
   * @param giveUp closes the connection at once; called when the body is left before its end
   */
  UnmeasuredBody(BodyBytes connection, Runnable giveUp) {
    this.connection = connection;
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
  boolean isCut() {
    return hasEnded && connection.isCut();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    requireOpen();
    return length == 0 ? 0 : counted(connection.read(into, offset, length));
  }

  @Override
  int read(ByteBuffer into) throws IOException {
    requireOpen();
    return into.hasRemaining() ? counted(connection.read(into, into.remaining())) : 0;
  }

  private void requireOpen() throws IOException {
    if (isClosed) {
      throw new StreamClosedException();
    }
  }

  private int counted(int count) {
    hasEnded |= count < 0;
    return count;
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      if (!hasEnded) {
        giveUp.run();
      }
    }
  }
}
