package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.flow.TlsFront;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A body tells how long it was waited for, and not how long reading took, however it came. */
@Timeout(60)
class TimedBodyTest {

  private static final int MANY = 4 * Backlog.LEAST_BYTES;
  private static final int FEW = 10_000;
  private static final Duration LONG = Duration.ofDays(50);

  private static final long HOUR = Duration.ofHours(1).toNanos();

  /** Goes on with each look. */
  private final AtomicLong clock = new AtomicLong();

  private ScriptedOrigin server;
  private TlsFront front;
  private OpenRequests requests;
  private CloseableHttpClient client;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = ScriptedOrigin.start();
    server.put(Resource.of("/a", new GeneratedContent(7, 10 * MANY)));
    front = TlsFront.before(server, directory);
    OriginSettings settings =
        new OriginSettings(LONG, LONG, LONG, 4, "timed/1", TlsFront.certificate(directory));
    requests = new OpenRequests(settings, clock::incrementAndGet);
    HttpClientBuilder builder = HttpClientBuilder.create();
    new OriginClient(
            settings, requests, AddressGuard.of(AddressGuard.Scope.OFF, ""), HostAccess.PLAIN)
        .configureHttpClient(builder);
    client = builder.build();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    requests.close();
    front.close();
    server.close();
  }

  @Test
  void whatWasHereIsNotWaitedFor() throws IOException {
    assertThat(waits(server.uri("/a"), MANY)).contains(false).endsWith(true);
  }

  @Test
  void whatWasHereIsNotWaitedForUnderTlsEither() throws IOException {
    assertThat(waits(front.uri("/a"), MANY)).contains(false).endsWith(true);
  }

  @Test
  void fewBytesMayHaveComeJustNow() throws IOException {
    assertThat(waits(server.uri("/a"), FEW)).containsOnly(true);
    assertThat(waits(front.uri("/a"), FEW)).containsOnly(true);
  }

  @Test
  void waitingIsToldWhileItLasts() throws Exception {
    server.script("/a", new StallAfter(FEW));
    try (InputStream body = get(server.uri("/a"))) {
      Thread reader = new Thread(() -> readOn(body));
      reader.start();
      long before = ((TimedBody) body).waitedNanos(clock.get());
      Awaitility.await()
          .until(() -> ((TimedBody) body).waitedNanos(clock.addAndGet(HOUR)) - before > 3 * HOUR);
      body.close();
      reader.join();
    }
  }

  /**
   * Reads what a server sends before it falls silent, once all of that is under way; says of each
   * read whether it waited.
   */
  private List<Boolean> waits(URI uri, int bytes) throws IOException {
    long answeredBefore = front.answeredBytes();
    server.script("/a", new StallAfter(bytes));
    List<Boolean> waits = new ArrayList<>();
    try (InputStream body = get(uri)) {
      Awaitility.await()
          .until(
              () ->
                  uri.getScheme().equals("http")
                      ? server.requests("/a").get(server.requests("/a").size() - 1).bodyBytesSent()
                          >= bytes
                      : front.answeredBytes() - answeredBefore > bytes);
      for (int read = 0; read < bytes; ) {
        long before = ((TimedBody) body).waitedNanos(0);
        read += some(body);
        waits.add(((TimedBody) body).waitedNanos(0) > before);
      }
    }
    return waits;
  }

  private InputStream get(URI uri) throws IOException {
    return client.executeOpen(null, new HttpGet(uri), null).getEntity().getContent();
  }

  private static void readOn(InputStream body) {
    try {
      body.readAllBytes();
    } catch (IOException closed) {
      // as it should be
    }
  }

  private static int some(InputStream body) throws IOException {
    return body instanceof ReadableByteChannel channel
        ? channel.read(ByteBuffer.allocateDirect(Backlog.LEAST_BYTES))
        : body.read(new byte[Backlog.LEAST_BYTES]);
  }
}
