package dev.dromedary.origin;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.core5.http.URIScheme;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that have a channel, by which a body can be read without a copy. Those under TLS
 * have none: of their stream a record's head is asked, then its rest, which costs more over a
 * channel; they read as much at once as has come. Thread-safe.
 */
final class ChannelSockets implements DetachedSocketFactory {

  /** Java's own setting, which channels do not know. */
  private static final String SOCKS = "socksProxyHost";

  @Override
  public Socket create(@Nullable Proxy proxy) {
    return proxy == null ? new BufferedSocket() : new BufferedSocket(proxy);
  }

  @Override
  public Socket create(String scheme, @Nullable Proxy proxy) throws IOException {
    return proxy == null && scheme.equals(URIScheme.HTTP.id) && System.getProperty(SOCKS) == null
        ? SocketChannel.open().socket()
        : create(proxy);
  }

  private static final class BufferedSocket extends Socket {

    private @Nullable InputStream buffered;

    BufferedSocket() {}

    BufferedSocket(Proxy proxy) {
      super(proxy);
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      InputStream stream = buffered;
      if (stream == null) {
        stream = new RecordStream(super.getInputStream());
        buffered = stream;
      }
      return stream;
    }
  }
}
