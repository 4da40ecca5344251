package dev.dromedary.flow;

import dev.dromedary.demo.ScriptedOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** TLS before a scripted origin, with a certificate of its own; passes every byte on as it is. */
public final class TlsFront implements AutoCloseable {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final ScriptedOrigin behind;
  private final ServerSocket listener;
  private final SSLSocketFactory tls;
  private final ExecutorService threads = Executors.newCachedThreadPool(TlsFront::daemon);
  private final AtomicLong answeredBytes = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cutsOff;

  private TlsFront(ScriptedOrigin behind, ServerSocket listener, SSLSocketFactory tls) {
    this.behind = behind;
    this.listener = listener;
    this.tls = tls;
  }

  /** Starts one; its certificate is written to {@code directory} in PEM. */
  public static TlsFront before(ScriptedOrigin behind, Path directory) {
    try {
      KeyStore keys = generate(directory.resolve("front.p12"));
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      Files.writeString(certificate(directory), pem(keys.getCertificate("front")));
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      TlsFront front =
          new TlsFront(behind, new ServerSocket(0, 100, loopback), context.getSocketFactory());
      front.threads.execute(front::accept);
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
    return URI.create("https://127.0.0.1:" + listener.getLocalPort() + path);
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
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  private void serve(Socket connection) {
    try (connection;
        Socket client = tls.createSocket(connection, null, true);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind.port())) {
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

  private static KeyStore generate(Path file) throws IOException, GeneralSecurityException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "front",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(keytool + " made no certificate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    String base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tls-front");
    thread.setDaemon(true);
    return thread;
  }
}
