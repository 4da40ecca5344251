package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.FramingFault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.FailureCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bodies of a connection without TLS are channels, with all that holds for the streams (I4, I7).
 */
@Timeout(30)
class DirectReadingTest {

  private static final Duration SOON = Duration.ofMillis(300);
  private static final int SIZE = 300_000;

  private final GeneratedContent content = new GeneratedContent(7, SIZE);
  private final ByteBuffer into = ByteBuffer.allocateDirect(64 * 1024);
  private ScriptedOrigin server;
  private OpenRequests requests;
  private CloseableHttpClient client;

  @BeforeEach
  void start() {
    server = ScriptedOrigin.start();
    server.put(Resource.of("/a", content));
    OriginSettings settings = new OriginSettings(SOON, SOON, SOON, 4, "direct/1", null);
    requests = new OpenRequests(settings, System::nanoTime);
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
    server.close();
  }

  @Test
  void everyByteComes_andTheConnectionIsUsedAgain() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (InputStream body = get()) {
        assertThat(rest(channel(body))).isEqualTo(whole());
      }
    }
    assertThat(server.requests("/a")).extracting(SeenRequest::connection).containsOnly(1);
  }

  @Test
  void chunkedBodyComesWhole_andTheConnectionIsUsedAgain() throws IOException {
    server.forever("/a", new FramingFault.Chunked());
    for (int i = 0; i < 2; i++) {
      try (InputStream body = get()) {
        assertThat(rest(channel(body))).isEqualTo(whole());
      }
    }
    assertThat(server.requests("/a")).extracting(SeenRequest::connection).containsOnly(1);
  }

  @Test
  void streamAndChannelTakeTurns() throws IOException {
    try (InputStream body = get()) {
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      got.write(body.readNBytes(100));
      got.write(some(channel(body)));
      got.write(body.readNBytes(1000));
      got.write(rest(channel(body)));
      assertThat(got.toByteArray()).isEqualTo(whole());
    }
  }

  @Test
  void bodyLeftBeforeItsEndCostsItsConnection() throws IOException {
    try (InputStream body = get()) {
      some(channel(body));
    }
    try (InputStream body = get()) {
      assertThat(rest(channel(body))).isEqualTo(whole());
    }
    assertThat(server.requests("/a")).extracting(SeenRequest::connection).containsExactly(1, 2);
  }

  @Test
  void cutIsNoEnd() throws IOException {
    server.script("/a", new CutAfter(100_000, false), new CutAfter(100_000, true));
    for (int i = 0; i < 2; i++) {
      try (InputStream body = get()) {
        assertThatThrownBy(() -> rest(channel(body)))
            .satisfies(
                why ->
                    assertThat(FailureClassifier.classify(why).code())
                        .isIn(FailureCode.SHORT_BODY, FailureCode.CONNECTION_LOST));
      }
    }
  }

  @Test
  void silenceEndsTheRead() throws IOException {
    server.script("/a", new StallAfter(100_000));
    try (InputStream body = get()) {
      assertThatThrownBy(() -> rest(channel(body)))
          .satisfies(
              why ->
                  assertThat(FailureClassifier.classify(why).code())
                      .isEqualTo(FailureCode.STALLED));
    }
  }

  private InputStream get() throws IOException {
    ClassicHttpResponse response = client.executeOpen(null, new HttpGet(server.uri("/a")), null);
    assertThat(response.getCode()).isEqualTo(200);
    return response.getEntity().getContent();
  }

  private static ReadableByteChannel channel(InputStream body) {
    assertThat(body).isInstanceOf(ReadableByteChannel.class);
    return (ReadableByteChannel) body;
  }

  private byte[] rest(ReadableByteChannel body) throws IOException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    for (byte[] some = some(body); some.length > 0; some = some(body)) {
      got.write(some);
    }
    return got.toByteArray();
  }

  private byte[] some(ReadableByteChannel body) throws IOException {
    into.clear();
    body.read(into);
    byte[] got = new byte[into.flip().remaining()];
    into.get(got);
    return got;
  }

  private byte[] whole() {
    byte[] bytes = new byte[SIZE];
    content.fill(0, bytes, 0, SIZE);
    return bytes;
  }
}
