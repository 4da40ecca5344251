package dev.dromedary.console;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Found;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The open port of the console and the threads that serve it. */
final class Listener implements AutoCloseable {

  /** What a slow or silent client may hold up, in the words of the JDK's server. */
  private static final Map<String, String> BOUNDS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "20",
          "sun.net.httpserver.maxRspTime", "60",
          "sun.net.httpserver.maxReqHeaderSize", "65536",
          "jdk.httpserver.maxConnections", "500",
          "sun.net.httpserver.nodelay", "true");

  private static final int BACKLOG = 128;
  private static final long IDLE_SECONDS = 30;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;

  private Listener(HttpServer server, ThreadPoolExecutor threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Opens the port and serves it.
   *
   * @throws DromedaryException with code {@code CONSOLE} when it cannot be opened
   */
  static Listener open(ConsoleSettings settings, HttpHandler handler) {
    BOUNDS.forEach(Listener::setUnlessSet);
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getByName(settings.bind()), settings.port());
      HttpServer server =
          settings.isTls() ? tls(settings, address) : HttpServer.create(address, BACKLOG);
      ThreadPoolExecutor threads = threads();
      server.setExecutor(threads);
      server.createContext("/", handler);
      server.start();
      return new Listener(server, threads);
    } catch (IOException e) {
      throw new DromedaryException(
          FailureCode.CONSOLE,
          "console "
              + settings.bind()
              + ":"
              + settings.port()
              + ": expected a free port, found "
              + found(e),
          e);
    }
  }

  private static String found(IOException refusal) {
    if (refusal instanceof UnknownHostException) {
      return "no address of that name";
    }
    String said = String.valueOf(refusal.getMessage());
    if (!(refusal instanceof BindException)) {
      return Found.reading(refusal);
    }
    return said.contains("in use") ? "it in use" : "the system's answer '" + said + "'";
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpServer tls(ConsoleSettings settings, InetSocketAddress address)
      throws IOException {
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            TlsKeys.open(
                Objects.requireNonNull(settings.keyStore()), settings.keyStorePasswordFile())));
    return server;
  }

  /**
   * As many as connections send a request or read an answer, which are bounded: who does so slowly
   * keeps nobody else waiting.
   */
  private static ThreadPoolExecutor threads() {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "console-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
