package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.StreamClosedException;

/**
 * A body that can also be read into memory outside the heap, from bytes of the connection whose
 * number is known run by run. {@code close()} before the end reads nothing more: it gives the
 * connection up. One reader.
 */
abstract class DirectBody extends InputStream implements Backlog {

  final BodyBytes connection;
  private final Runnable giveUp;
  private boolean isClosed;

  /** How many bytes of the present run are still to come. */
  long leftBytes;

  /**
   * Reads from where the body begins.
   *
   * @param giveUp closes the connection at once; called when the body is left before its end
   */
  DirectBody(BodyBytes connection, Runnable giveUp) {
    this.connection = connection;
    this.giveUp = giveUp;
  }

  /** Says whether bytes are to come, and if so makes sure that the run they are in has begun. */
  abstract boolean hasMore() throws IOException;

  /** Says whether its end was reached, so that the connection may be used again. */
  abstract boolean isAtItsEnd();

  /** Says whether it ended with its connection, and TLS did not say so. */
  boolean isCut() {
    return false;
  }

  /** Takes note of bytes of the run that were read; -1 where the connection ended instead. */
  abstract int counted(int count) throws IOException;

  /** Says whether {@link #read(ByteBuffer)} is the better way to read it. */
  final boolean isDirect() {
    return connection.isDirect();
  }

  @Override
  public final boolean hasBacklog() {
    return connection.hasBacklog();
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Reads within one run, straight into the caller's array where enough is wanted. */
  @Override
  public final int read(byte[] into, int offset, int length) throws IOException {
    requireOpen();
    if (length == 0) {
      return 0;
    }
    return hasMore()
        ? counted(connection.read(into, offset, (int) Math.min(length, leftBytes)))
        : -1;
  }

  /**
   * Reads some bytes, within one run, into what remains of the buffer.
   *
   * @return how many; -1 at the end of the body
   */
  final int read(ByteBuffer into) throws IOException {
    requireOpen();
    if (!into.hasRemaining()) {
      return 0;
    }
    return hasMore() ? counted(connection.read(into, leftBytes)) : -1;
  }

  private void requireOpen() throws IOException {
    if (isClosed) {
      throw new StreamClosedException();
    }
  }

  @Override
  public final void close() {
    if (!isClosed) {
      isClosed = true;
      if (!isAtItsEnd()) {
        giveUp.run();
      }
    }
  }
}
