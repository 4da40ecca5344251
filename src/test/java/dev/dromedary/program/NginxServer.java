package dev.dromedary.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An nginx of our own in a directory, on two free ports of 127.0.0.1: plain and TLS. */
final class NginxServer implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final Path directory;
  private final int port;
  private final int tlsPort;

  private NginxServer(Process process, Path directory, int port, int tlsPort) {
    this.process = process;
    this.directory = directory;
    this.port = port;
    this.tlsPort = tlsPort;
  }

  /** Finds the program; sbin is on no ordinary user's PATH. */
  static Optional<Path> program() {
    return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it; {@code directory} has {@code www/}, and {@code tls.crt} and {@code tls.key}. */
  static NginxServer start(Path program, Path directory) throws IOException {
    int port = freePort();
    int tlsPort = freePort();
    Path config = directory.resolve("nginx.conf");
    Files.writeString(
        config,
        """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events {}
        http {
          access_log %1$s/access.log combined;
          client_body_temp_path %1$s/temp;
          proxy_temp_path %1$s/temp;
          fastcgi_temp_path %1$s/temp;
          uwsgi_temp_path %1$s/temp;
          scgi_temp_path %1$s/temp;
          sendfile on;
          server {
            listen 127.0.0.1:%2$s;
            listen 127.0.0.1:%3$s ssl;
            ssl_certificate %1$s/tls.crt;
            ssl_certificate_key %1$s/tls.key;
            root %1$s/www;
          }
        }
        """
            .formatted(directory, port, tlsPort));
    Process process =
        new ProcessBuilder(program.toString(), "-p", directory.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    NginxServer server = new NginxServer(process, directory, port, tlsPort);
    Awaitility.await().atMost(LIMIT).until(() -> accepts(port) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(directory.resolve("nginx.out")));
    }
    return server;
  }

  String url(String path) {
    return String.format(Locale.ROOT, "http://127.0.0.1:%d%s", port, path);
  }

  String tlsUrl(String path) {
    return String.format(Locale.ROOT, "https://127.0.0.1:%d%s", tlsPort, path);
  }

  /** Returns the lines of its access log so far. */
  List<String> accesses() throws IOException {
    return Files.readAllLines(directory.resolve("access.log"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("nginx does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
