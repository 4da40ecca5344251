package dev.dromedary.flow;

import dev.dromedary.demo.ScriptedOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS before a scripted origin, with a certificate of its own; passes every byte on as it is. */
public final class TlsFront extends LoopbackServer {

  private final ScriptedOrigin behind;
  private final SSLSocketFactory tls;
  private final boolean asksWhoCalls;
  private final AtomicLong answeredBytes = new AtomicLong();
  private volatile boolean cutsOff;

  private TlsFront(ScriptedOrigin behind, SSLSocketFactory tls, boolean asksWhoCalls)
      throws IOException {
    super("tls-front");
    this.behind = behind;
    this.tls = tls;
    this.asksWhoCalls = asksWhoCalls;
  }

  private static TrustManager[] trusting(TestKeys clients)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("client", clients.certificate());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    return managers.getTrustManagers();
  }

  /** Starts one; its certificate is written to {@code directory} in PEM. */
  public static TlsFront before(ScriptedOrigin behind, Path directory) {
    return start(behind, directory, null);
  }

  /** Starts one that serves nobody but who has these keys. */
  public static TlsFront askingFor(TestKeys clients, ScriptedOrigin behind, Path directory) {
    return start(behind, directory, clients);
  }

  private static TlsFront start(ScriptedOrigin behind, Path directory, @Nullable TestKeys clients) {
    try {
      TestKeys keys = TestKeys.make(directory.resolve("front.p12"), "EC");
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys.store(), TestKeys.PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), clients == null ? null : trusting(clients), null);
      Files.writeString(certificate(directory), keys.certificatePem());
      TlsFront front = new TlsFront(behind, context.getSocketFactory(), clients != null);
      front.listen();
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns where the certificate is. */
  public static Path certificate(Path directory) {
    return directory.resolve("front.pem");
  }

  public URI uri(String path) {
    return URI.create("https://127.0.0.1:" + port() + path);
  }

  /** Returns how many bytes of answers it has passed on, with their heads. */
  public long answeredBytes() {
    return answeredBytes.get();
  }

  /** Ends connections from now on without a word of TLS. */
  public void cutOff() {
    cutsOff = true;
  }

  @Override
  void serve(Socket connection) {
    try (connection;
        SSLSocket client = (SSLSocket) tls.createSocket(connection, null, true);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind.port())) {
      client.setNeedClientAuth(asksWhoCalls);
      open.add(server);
      threads.execute(() -> pass(client, server, bytes -> {}, server));
      pass(server, client, answeredBytes::addAndGet, cutsOff ? connection : client);
    } catch (IOException gone) {
      // the client went away or the front closes
    } finally {
      open.remove(connection);
    }
  }

  private void pass(Socket from, Socket to, LongConsumer passed, Socket ended) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[16 * 1024];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        out.write(bytes, 0, read);
        passed.accept(read);
      }
    } catch (IOException gone) {
      // one side went away, and takes the other with it
    } finally {
      close(ended);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException gone) {
      // nothing is left to lose
    }
  }
}
