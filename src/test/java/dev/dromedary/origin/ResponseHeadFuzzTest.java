package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Whatever bytes a server sends for an answer, the client ends soon: with an answer, or with an
 * exception that has a code. Through a real socket, since the parser is half of it.
 */
class ResponseHeadFuzzTest {

  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int MOST_BYTES = 1 << 20;
  private static final AtomicReference<byte[]> ANSWER = new AtomicReference<>(new byte[0]);
  private static final AtomicReference<Peer> PEER = new AtomicReference<>();

  private static final List<String> PIECES =
      List.of(
          "HTTP/1.1 200 OK\r\n",
          "HTTP/1.1 206 Partial Content\r\n",
          "HTTP/1.0 200\r\n",
          "HTTP/1.1 304 Not Modified\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n",
          "HTTP/1.1 101 x\r\n\r\n",
          "HTTP/1.1 302 Found\r\nLocation: ",
          "HTTP/1.1 503 x\r\nRetry-After: ",
          "HTTP/",
          "HTTP/9.9 200 OK\r\n",
          "Content-Length: ",
          "Content-Length: 5\r\n",
          "Content-Length: -5\r\n",
          "Content-Range: bytes 0-4/5\r\n",
          "Content-Range: ",
          "Content-Type: text/html; charset=",
          "Content-Encoding: gzip\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: ",
          "Connection: close\r\n",
          "Connection: keep-alive\r\n",
          "Keep-Alive: timeout=-1\r\n",
          "Upgrade: TLS/1.0\r\n",
          "Set-Cookie: a=b\r\n",
          "ETag: \"x\"\r\n",
          "\r\n",
          "\r\n\r\n",
          "\n",
          "\r",
          ":",
          " ",
          "\t",
          "5\r\nhello\r\n",
          "0\r\n\r\n",
          "fffffffff\r\n",
          "-1\r\n",
          "hello",
          "99999999999999999999",
          "\0",
          "\u00ff",
          "{{env:HOME}}",
          "../",
          "a".repeat(9000));

  @BeforeContainer
  static void start() throws IOException {
    PEER.set(new Peer());
  }

  @AfterContainer
  static void stop() throws IOException {
    peer().close();
  }

  @Property(tries = 1500, seed = "4101")
  void endsSoonAndWithACode_whenBytesAreRandom(@ForAll byte[] bytes) throws Exception {
    ask(bytes);
  }

  @Property(tries = 1500, seed = "4102")
  void endsSoonAndWithACode_whenHeadersAreRandom(@ForAll byte[] bytes) throws Exception {
    byte[] head = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] answer = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, answer, head.length, bytes.length);
    ask(answer);
  }

  @Property(tries = 3000, seed = "4103")
  void endsSoonAndWithACode_whenItIsNearlyAnAnswer(@ForAll("nearlyAnswers") String text)
      throws Exception {
    ask(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<String> nearlyAnswers() {
    Arbitrary<String> begins = Arbitraries.of(PIECES.subList(0, 10));
    return Combinators.combine(begins, Arbitraries.of(PIECES).list().ofMaxSize(14))
        .as((begin, rest) -> begin + String.join("", rest));
  }

  private static Peer peer() {
    return Objects.requireNonNull(PEER.get(), "not started");
  }

  private static void ask(byte[] answer) throws Exception {
    ANSWER.set(answer);
    long begun = System.nanoTime();
    try {
      drain(peer());
    } catch (Exception e) {
      assertThat(FailureClassifier.classify(e).code())
          .as("%s", e)
          .isNotIn(FailureCode.BUG_FOUND, FailureCode.STOPPING);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);
  }

  private static void drain(Peer peer) throws Exception {
    HttpGet get = new HttpGet("http://127.0.0.1:" + peer.listener.getLocalPort() + "/x");
    peer.client.execute(
        get,
        response -> {
          try (InputStream body =
              response.getEntity() == null ? null : response.getEntity().getContent()) {
            if (body != null) {
              assertThat(body.readNBytes(MOST_BYTES).length).isLessThan(MOST_BYTES);
            }
          }
          return response.getCode();
        });
  }

  /** A server that answers each connection with the same bytes and closes it, and its client. */
  private static final class Peer implements AutoCloseable {
    private final ServerSocket listener;
    private final OpenRequests requests;
    private final CloseableHttpClient client;

    Peer() throws IOException {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
      OriginSettings settings = settings();
      requests = new OpenRequests(settings, System::nanoTime);
      HttpClientBuilder builder = HttpClientBuilder.create();
      new OriginClient(
              settings, requests, AddressGuard.of(AddressGuard.Scope.OFF, ""), HostAccess.PLAIN)
          .configureHttpClient(builder);
      client = builder.build();
      Thread thread = new Thread(this::serve, "fuzz-peer");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve() {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(ANSWER.get());
          socket.shutdownOutput();
        } catch (IOException gone) {
          // the next connection is another case
        }
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      client.close();
      requests.close();
    }
  }

  private static OriginSettings settings() {
    return new OriginSettings(LIMIT, LIMIT, LIMIT, 4, "fuzz/1", null);
  }
}
