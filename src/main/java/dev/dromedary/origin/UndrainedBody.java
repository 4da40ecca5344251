package dev.dromedary.origin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response body whose {@code close()} before the end throws the connection away instead of
 * reading the rest: draining a terabyte to save a handshake is how downloads hang.
 *
 * <p>One reader; {@code close()} and {@code waitedNanos()} from another thread are allowed.
 */
class UndrainedBody extends FilterInputStream implements TimedBody {

  private final long lengthBytes;
  private final OpenRequest request;
  private final OpenRequests requests;
  private final Runnable discardConnection;
  private final @Nullable DirectBody direct;
  private volatile boolean isReading;
  private volatile long beganNanos;
  private volatile long waitedNanos;
  private long readBytes;
  private boolean ended;
  private boolean closed;

  /**
   * Wraps a body of {@code lengthBytes}, negative when unknown; {@code direct} is at its bottom, if
   * anything is.
   */
  UndrainedBody(
      InputStream body,
      long lengthBytes,
      OpenRequest request,
      OpenRequests requests,
      Runnable discardConnection,
      @Nullable DirectBody direct) {
    super(body);
    this.lengthBytes = lengthBytes;
    this.request = request;
    this.requests = requests;
    this.discardConnection = discardConnection;
    this.direct = direct;
  }

  @Override
  public long waitedNanos(long nowNanos) {
    long waited = waitedNanos;
    return isReading ? waited + Math.max(0, nowNanos - beganNanos) : waited;
  }

  @Override
  public boolean isCut() {
    return direct != null && direct.isCut();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return watched(() -> in.read(into, offset, length));
  }

  /** Does one read, during which silence is held against the server. */
  final int watched(Read read) throws IOException {
    long began = requests.nanos();
    request.reading(began);
    beganNanos = began;
    isReading = true;
    try {
      int count = read.some();
      if (count < 0) {
        ended = true;
        requests.closed(request);
      } else {
        readBytes += count;
      }
      return count;
    } catch (IOException broken) {
      throw request.explain(broken);
    } finally {
      isReading = false;
      if (direct == null || !direct.hasBacklog()) {
        waitedNanos = waitedNanos + requests.nanos() - began;
      }
      request.busy();
    }
  }

  @Override
  public long skip(long count) throws IOException {
    throw new IOException("a response body is read, never skipped");
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    requests.closed(request);
    boolean complete = ended || readBytes == lengthBytes;
    if (!complete) {
      discardConnection.run();
    }
    try {
      super.close();
    } catch (IOException afterDiscard) {
      if (complete) {
        throw afterDiscard;
      }
    }
  }

  /** Reads some bytes; -1 at the end. */
  @FunctionalInterface
  interface Read {
    int some() throws IOException;
  }
}
