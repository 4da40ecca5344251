package dev.dromedary.origin;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS that is made ready for the first connection that needs it: reading the certificate
 * authorities takes a tenth of a start, and many transfers need none. Thread-safe.
 */
public final class LazyTls implements TlsSocketStrategy {

  private final Making making;
  private @Nullable TlsSocketStrategy made;

  /** Creates it; {@code making} is called once, or until it succeeds. */
  public LazyTls(Making making) {
    this.making = making;
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    return made().upgrade(socket, target, port, attachment, context);
  }

  private synchronized TlsSocketStrategy made() throws IOException {
    TlsSocketStrategy ready = made;
    if (ready == null) {
      try {
        ready = making.make();
      } catch (GeneralSecurityException e) {
        throw new IOException("TLS cannot be used: " + e.getMessage(), e);
      }
      made = ready;
    }
    return ready;
  }

  /** Makes TLS ready. */
  @FunctionalInterface
  public interface Making {
    /** Returns what upgrades connections. */
    TlsSocketStrategy make() throws GeneralSecurityException, IOException;
  }
}
