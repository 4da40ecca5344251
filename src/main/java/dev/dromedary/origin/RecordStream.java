package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;

/**
 * The stream of a connection under TLS, which is asked for a record's head and then for its rest:
 * it takes as much at once as has come. Unlike Java's buffered stream it never asks how much there
 * is, which costs as much as reading it, and locks nothing. One reader; {@code close()} from
 * another thread is allowed.
 */
final class RecordStream extends InputStream implements Backlog {

  /** Four records. */
  static final int BUFFER_BYTES = Backlog.LEAST_BYTES;

  private final InputStream connection;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int end;
  private boolean hasEnded;

  RecordStream(InputStream connection) {
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, end - position);
    System.arraycopy(buffer, position, into, offset, count);
    position += count;
    return count;
  }

  /** Returns whether there is a byte; waits for one, and leaves all as it is when that fails. */
  private boolean fill() throws IOException {
    if (position == end) {
      int count = connection.read(buffer, 0, buffer.length);
      position = 0;
      end = Math.max(0, count);
      hasEnded |= count < 0;
    }
    return position < end;
  }

  @Override
  public boolean hasBacklog() {
    return end == buffer.length;
  }

  /**
   * Says whether the connection was read to its end: behind the record by which TLS ends, nobody
   * asks for more.
   */
  boolean hasEnded() {
    return hasEnded;
  }

  @Override
  public int available() throws IOException {
    return end - position + connection.available();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
