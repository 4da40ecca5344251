package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection behind the head of a response: what was read with the head first, then
 * what comes, by the stream or, where the connection is not encrypted, by its channel, which spares
 * a copy and most of the calls. One reader.
 */
final class BodyBytes implements Backlog {

  private final SessionInputBuffer buffer;
  private final InputStream stream;
  private final @Nullable ReadableByteChannel channel;
  private final @Nullable RecordStream underTls;
  private boolean hasFilled;

  /**
   * Reads behind the head.
   *
   * @param channel that of the stream, null where it has none
   * @param underTls what the stream decrypts, null where it does not or where that is not known
   */
  BodyBytes(
      SessionInputBuffer buffer,
      InputStream stream,
      @Nullable ReadableByteChannel channel,
      @Nullable RecordStream underTls) {
    this.buffer = buffer;
    this.stream = stream;
    this.channel = channel;
    this.underTls = underTls;
  }

  /** Says whether {@link #read(ByteBuffer, long)} reads without a copy. */
  boolean isDirect() {
    return channel != null;
  }

  @Override
  public boolean hasBacklog() {
    return underTls == null ? hasFilled : underTls.hasBacklog();
  }

  /** Says whether the connection has ended under TLS, which had not said so. */
  boolean isCut() {
    return underTls != null && underTls.hasEnded();
  }

  /** Reads one byte, -1 at the end of the connection. */
  int read() throws IOException {
    return of(() -> buffer.read(stream));
  }

  /** Reads some bytes, -1 at the end of the connection. */
  int read(byte[] into, int offset, int length) throws IOException {
    return of(() -> buffer.read(into, offset, length, stream));
  }

  /** Reads at most so many bytes, 1 or more, into the buffer; -1 at the end of the connection. */
  int read(ByteBuffer into, long mostBytes) throws IOException {
    int limit = into.limit();
    into.limit(into.position() + (int) Math.min(into.remaining(), mostBytes));
    try {
      return read(into);
    } finally {
      into.limit(limit);
    }
  }

  private int read(ByteBuffer into) throws IOException {
    int ahead = Math.min(buffer.length(), into.remaining());
    if (ahead == 0 && channel != null) {
      int count = of(() -> channel.read(into));
      hasFilled = count >= LEAST_BYTES && !into.hasRemaining();
      return count;
    }
    byte[] scrap = new byte[ahead == 0 ? into.remaining() : ahead];
    int count = read(scrap, 0, scrap.length);
    if (count > 0) {
      into.put(scrap, 0, count);
    }
    return count;
  }

  /** Names what a channel throws as a socket would: a bare IOException is taken for the disk's. */
  private static int of(Read read) throws IOException {
    try {
      return read.some();
    } catch (IOException e) {
      if (e.getClass() == IOException.class) {
        SocketException named = new SocketException(e.getMessage());
        named.initCause(e);
        throw named;
      }
      throw e;
    }
  }

  @FunctionalInterface
  private interface Read {
    int some() throws IOException;
  }
}
