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
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A body tells whether its bytes were here before they were read, however it came. */
@Timeout(60)
class BacklogTest {

  private static final int MANY = 4 * Backlog.LEAST_BYTES;
  private static final int FEW = 10_000;
  private static final Duration LONG = Duration.ofSeconds(50);

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
        new OriginSettings(LONG, LONG, LONG, 4, "backlog/1", TlsFront.certificate(directory));
    requests = new OpenRequests(settings, System::nanoTime);
    HttpClientBuilder builder = HttpClientBuilder.create();
    new OriginClient(settings, requests, AddressGuard.of(AddressGuard.Scope.OFF, ""))
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
  void whatWaitedIsABacklog_untilItIsRead() throws IOException {
    assertThat(backlogs(server.uri("/a"), MANY)).contains(true).endsWith(false);
  }

  @Test
  void whatWaitedIsABacklogUnderTlsToo_untilItIsRead() throws IOException {
    assertThat(backlogs(front.uri("/a"), MANY)).contains(true).endsWith(false);
  }

  @Test
  void aFewBytesAreNone() throws IOException {
    assertThat(backlogs(server.uri("/a"), FEW)).containsOnly(false);
    assertThat(backlogs(front.uri("/a"), FEW)).containsOnly(false);
  }

  /** Reads what a server sends before it falls silent, once all of that is under way. */
  private List<Boolean> backlogs(URI uri, int bytes) throws IOException {
    long answeredBefore = front.answeredBytes();
    server.script("/a", new StallAfter(bytes));
    List<Boolean> backlogs = new ArrayList<>();
    try (InputStream body =
        client.executeOpen(null, new HttpGet(uri), null).getEntity().getContent()) {
      Awaitility.await()
          .until(
              () ->
                  uri.getScheme().equals("http")
                      ? server.requests("/a").get(server.requests("/a").size() - 1).bodyBytesSent()
                          >= bytes
                      : front.answeredBytes() - answeredBefore > bytes);
      for (int read = 0; read < bytes; ) {
        read += some(body);
        backlogs.add(((Backlog) body).hasBacklog());
      }
    }
    return backlogs;
  }

  private static int some(InputStream body) throws IOException {
    return body instanceof ReadableByteChannel channel
        ? channel.read(ByteBuffer.allocateDirect(Backlog.LEAST_BYTES))
        : body.read(new byte[Backlog.LEAST_BYTES]);
  }
}
