package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections that believe only whole heads ({@link WholeHeadParser}) and chunks framed to
 * the letter ({@link ChunkedBody}), and whose bodies can be read without a copy ({@link
 * DirectBody}). Thread-safe.
 */
final class OriginConnections implements HttpConnectionFactory<ManagedHttpClientConnection> {

  private final AtomicLong made = new AtomicLong();
  private final Http1Config config;

  OriginConnections(Http1Config config) {
    this.config = config;
  }

  @Override
  public ManagedHttpClientConnection createConnection(@Nullable Socket socket) throws IOException {
    StrictConnection connection = new StrictConnection("origin-" + made.incrementAndGet(), config);
    if (socket != null) {
      connection.bind(socket);
    }
    return connection;
  }

  /** The client's connection but for the bodies it hands out. */
  private static final class StrictConnection extends DefaultManagedHttpClientConnection {

    private volatile boolean isClosed;
    private volatile @Nullable RecordStream underTls;

    StrictConnection(String id, Http1Config config) {
      super(
          id,
          null,
          null,
          config,
          null,
          null,
          null,
          new DefaultHttpRequestWriterFactory(config),
          WholeHeadParser::new);
    }

    /**
     * Refuses a socket when it was closed before it had one, as by a request that is cancelled
     * while it connects: the client would take it, never close it, and channels are not closed by
     * the collector either.
     */
    @Override
    public void bind(Socket socket) throws IOException {
      super.bind(socket);
      if (isClosed) {
        socket.close();
        throw new InterruptedIOException("closed before it was connected");
      }
    }

    @Override
    public void bind(SSLSocket encrypted, Socket socket) throws IOException {
      underTls = socket.getInputStream() instanceof RecordStream records ? records : null;
      super.bind(encrypted, socket);
    }

    @Override
    public void close() throws IOException {
      isClosed = true;
      super.close();
    }

    @Override
    public void close(CloseMode how) {
      isClosed = true;
      super.close(how);
    }

    @Override
    protected InputStream createContentInputStream(
        long length, SessionInputBuffer buffer, InputStream in) {
      BodyBytes bytes = new BodyBytes(buffer, in, channel(), underTls);
      Runnable giveUp = () -> close(CloseMode.IMMEDIATE);
      if (length == ContentLengthStrategy.CHUNKED) {
        return new ChunkedBody(bytes, giveUp);
      }
      if (length < 0) {
        return new UnmeasuredBody(bytes, giveUp);
      }
      return length > 0
          ? new LengthBody(bytes, length, giveUp)
          : super.createContentInputStream(length, buffer, in);
    }

    /** Only a connection without TLS has the bytes of its bodies in its channel. */
    private @Nullable SocketChannel channel() {
      Socket socket = getSocket();
      return socket == null || socket instanceof SSLSocket ? null : socket.getChannel();
    }
  }
}
