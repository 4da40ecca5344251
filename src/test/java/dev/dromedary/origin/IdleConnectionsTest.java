package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that is asked once costs nothing for good (I4). */
class IdleConnectionsTest {

  private static final int SIZE = 3_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private ScriptedOrigin server;

  @BeforeEach
  void start() {
    server = ScriptedOrigin.start();
    server.put(Resource.of("/a", new GeneratedContent(7, SIZE)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void connectionIsClosed_whenItsServerWouldSoonDoSo() throws IOException {
    server.forever("/a", new ExtraHeaders(Map.of("Keep-Alive", "timeout=1")));
    OriginSettings settings = new OriginSettings(LIMIT, LIMIT, LIMIT, 4, "idle/1", null);
    HttpClientBuilder builder = HttpClientBuilder.create();
    try (OpenRequests requests = new OpenRequests(settings, System::nanoTime)) {
      new OriginClient(
              settings, requests, AddressGuard.of(AddressGuard.Scope.OFF, ""), HostAccess.PLAIN)
          .configureHttpClient(builder);
      try (CloseableHttpClient client = builder.build()) {
        readAll(body(client));
        assertThat(server.openConnections()).isEqualTo(1);
        await().atMost(LIMIT).until(() -> server.openConnections() == 0);
      }
    }
  }

  @Test
  void idleConnectionIsClosed_andItsHostForgotten() throws IOException {
    PoolingHttpClientConnectionManager pool = pool();
    try (CloseableHttpClient client = client(pool)) {
      readAll(body(client));

      new IdleConnections(pool).run();
      assertThat(pool.getTotalStats().getAvailable()).isEqualTo(1);

      new IdleConnections(pool, TimeValue.ZERO_MILLISECONDS).run();
      assertThat(pool.getTotalStats().getAvailable()).isZero();
      assertThat(pool.getRoutes()).isEmpty();
      await().atMost(LIMIT).until(() -> server.openConnections() == 0);
    }
  }

  @Test
  void connectionInUseStays() throws IOException {
    PoolingHttpClientConnectionManager pool = pool();
    try (CloseableHttpClient client = client(pool)) {
      InputStream body = body(client);

      new IdleConnections(pool, TimeValue.ZERO_MILLISECONDS).run();
      assertThat(readAll(body)).isEqualTo(SIZE);
    }
  }

  private static PoolingHttpClientConnectionManager pool() {
    return PoolingHttpClientConnectionManagerBuilder.create().build();
  }

  private static CloseableHttpClient client(PoolingHttpClientConnectionManager pool) {
    return HttpClientBuilder.create().setConnectionManager(pool).build();
  }

  private InputStream body(CloseableHttpClient client) throws IOException {
    return client.executeOpen(null, new HttpGet(server.uri("/a")), null).getEntity().getContent();
  }

  private static int readAll(InputStream body) throws IOException {
    try (body) {
      return body.readAllBytes().length;
    }
  }
}
