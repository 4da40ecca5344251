package dev.dromedary.flow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A forward proxy on loopback: tunnels for {@code CONNECT}, one request a connection for whole
 * URLs. Source: RFC 9110 §9.3.6, RFC 9112 §3.2.2.
 */
public final class ForwardProxy extends LoopbackServer {

  /** Names below it are this machine. */
  private static final String HERE = ".invalid";

  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger tunnels = new AtomicInteger();
  private final AtomicLong cutAfterBytes = new AtomicLong(Long.MAX_VALUE);
  private volatile @Nullable String expected;
  private volatile boolean isSilent;
  private volatile int mostTunnels = Integer.MAX_VALUE;

  private ForwardProxy() throws IOException {
    super("proxy");
  }

  public static ForwardProxy start() {
    try {
      ForwardProxy proxy = new ForwardProxy();
      proxy.listen();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns {@code 127.0.0.1:PORT}. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** Wants this value of {@code Proxy-Authorization} from now on. */
  public void expect(String authorization) {
    expected = authorization;
  }

  /** Answers the next requests itself, with these bytes, and ends their connections. */
  public void refuse(String... answers) {
    refusals.addAll(List.of(answers));
  }

  /** Ends the next tunnel that has passed on so many bytes of its server. */
  public void cutOnceAfter(long bytes) {
    cutAfterBytes.set(bytes);
  }

  /** Refuses further tunnels from now on while so many are open. */
  public void limitTunnels(int most) {
    mostTunnels = most;
  }

  /** Answers nothing from now on. */
  public void fallSilent() {
    isSilent = true;
  }

  /** Returns the heads that were sent to it, in their order. */
  public List<String> heads() {
    return heads;
  }

  /** Returns the heads whose first line has a text. */
  public List<String> heads(String text) {
    return heads.stream()
        .filter(head -> head.lines().findFirst().orElse("").contains(text))
        .toList();
  }

  @Override
  void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head);
      OutputStream out = client.getOutputStream();
      String wanted = expected;
      if (isSilent) {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      } else if (wanted != null && !head.contains("Proxy-Authorization: " + wanted + "\r\n")) {
        out.write(
            ascii(
                "HTTP/1.1 407 Proxy Authentication Required\r\n"
                    + "Proxy-Authenticate: Basic realm=\"it\"\r\nContent-Length: 0\r\n\r\n"));
      } else if (!refusals.isEmpty()) {
        out.write(ascii(refusals.remove()));
      } else if (head.startsWith("CONNECT ")) {
        tunnelWithin(client, head.split(" ", 3)[1]);
      } else {
        forward(client, head);
      }
    } catch (IOException gone) {
      // the client went away, the server did, or the proxy closes
    } finally {
      open.remove(client);
    }
  }

  private void tunnelWithin(Socket client, String authority) throws IOException {
    try {
      if (tunnels.incrementAndGet() <= mostTunnels) {
        tunnel(client, authority);
      } else {
        client.getOutputStream().write(ascii("HTTP/1.1 403 Enough\r\nContent-Length: 0\r\n\r\n"));
      }
    } finally {
      tunnels.decrementAndGet();
    }
  }

  private void tunnel(Socket client, String authority) throws IOException {
    int colon = authority.lastIndexOf(':');
    try (Socket server =
        connect(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)))) {
      client.getOutputStream().write(ascii("HTTP/1.1 200 Connection established\r\n\r\n"));
      between(client, server);
    }
  }

  private void forward(Socket client, String head) throws IOException {
    String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
    URI url = URI.create(line[1]);
    String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    try (Socket server = connect(url.getHost(), url.getPort() < 0 ? 80 : url.getPort())) {
      List<String> fields = new ArrayList<>(List.of(line[0] + " " + path + " HTTP/1.1"));
      head.lines()
          .skip(1)
          .filter(field -> !field.matches("(?i)(proxy-authorization|connection):.*"))
          .filter(field -> !field.isEmpty())
          .forEach(fields::add);
      fields.add("Connection: close");
      server.getOutputStream().write(ascii(String.join("\r\n", fields) + "\r\n\r\n"));
      between(client, server);
    }
  }

  private Socket connect(String host, int port) throws IOException {
    Socket server = new Socket(host.endsWith(HERE) ? "127.0.0.1" : host, port);
    open.add(server);
    return server;
  }

  private void between(Socket client, Socket server) throws IOException {
    threads.execute(() -> pass(client, server));
    InputStream in = server.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] buffer = new byte[16 * 1024];
    long passed = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      passed += count;
      long limit = cutAfterBytes.get();
      if (passed > limit && cutAfterBytes.compareAndSet(limit, Long.MAX_VALUE)) {
        return;
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // the other direction tells
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no whole head");
      }
      head.write(next);
      text = next == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
    }
    return text;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
