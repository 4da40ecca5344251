package dev.dromedary.demo;

import static dev.dromedary.demo.RawClient.body;
import static dev.dromedary.demo.RawClient.field;
import static dev.dromedary.demo.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.demo.BodyFault.ChangeVersionAfter;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.CutHalfway;
import dev.dromedary.demo.BodyFault.GzipUninvited;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.BodyFault.Trickle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFaultTest {

  private static final int LENGTH = 3_000_000;
  private static final GeneratedContent CONTENT = new GeneratedContent(1, LENGTH);

  private final ScriptedOrigin origin = ScriptedOrigin.start();

  @BeforeEach
  void put() {
    origin.put(Resource.of("/file", CONTENT));
  }

  @AfterEach
  void close() {
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_048_573, 1_048_576, 2_999_999, LENGTH, LENGTH + 1})
  void cutSendsExactlySoManyBytesOfThePromised(int bytes) throws IOException {
    origin.script("/file", new CutAfter(bytes, false));
    String answer = RawClient.ask(origin, "/file");
    int sent = Math.min(bytes, LENGTH);
    assertThat(field(answer, "Content-Length")).isEqualTo("3000000");
    assertThat(body(answer)).isEqualTo(text(CONTENT, 0, sent));
    assertThat(origin.requests("/file").get(0).bodyBytesSent()).isEqualTo(sent);
  }

  @Test
  void cutCountsFromTheStartOfTheRange() throws IOException {
    origin.script("/file", new CutAfter(10, false));
    String answer = RawClient.ask(origin, "/file", "Range: bytes=500-");
    assertThat(body(answer)).isEqualTo(text(CONTENT, 500, 10));
  }

  @Test
  void resetIsSeenAsAReset() throws IOException {
    origin.script("/file", new CutAfter(10, true));
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/file");
      client.readHead();
      assertThatThrownBy(client::readToEnd)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void cutHalfwayFollowsTheLengthOfTheAnswer() throws IOException {
    origin.script("/file", new CutHalfway(false), new CutHalfway(false));
    assertThat(body(RawClient.ask(origin, "/file"))).hasSize(LENGTH / 2);
    assertThat(body(RawClient.ask(origin, "/file", "Range: bytes=0-99"))).hasSize(50);
  }

  @Test
  void stallHoldsTheConnectionOpenWithoutAByte_untilTheClientLeaves() throws IOException {
    origin.script("/file", new StallAfter(20));
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/file");
      client.readHead();
      assertThat(client.read(20)).isEqualTo(text(CONTENT, 0, 20));
      client.timeoutMillis(100);
      assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
      assertThat(origin.requests().get(0).endedAt()).isEmpty();
      assertThat(origin.openConnections()).isEqualTo(1);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> origin.openConnections() == 0 && origin.requests().get(0).endedAt().isPresent());
  }

  @Test
  void stallEndsAtItsLimit() throws IOException {
    origin.script("/file", new StallAfter(20, Duration.ofMillis(50)));
    assertThat(body(RawClient.ask(origin, "/file"))).hasSize(20);
  }

  @Test
  void trickleKeepsToItsRate() throws IOException {
    origin.put(Resource.of("/file", new GeneratedContent(1, 30)));
    origin.script("/file", new Trickle(100));
    long start = System.nanoTime();
    assertThat(body(RawClient.ask(origin, "/file", "Connection: close"))).hasSize(30);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(150), Duration.ofSeconds(4));
  }

  @Test
  @Timeout(20)
  void limitedRateStaysWithTheConnection() throws IOException {
    origin.put(Resource.of("/file", new GeneratedContent(1, 300)));
    origin.script("/file", new LimitRate(1000));
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/file");
      client.readAnswer();
      long start = System.nanoTime();
      client.send("GET", "/file");
      client.readAnswer();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(100));
    }
    put();
    assertThat(body(RawClient.ask(origin, "/file", "Connection: close"))).hasSize(LENGTH);
  }

  @Test
  void versionChangesInTheMiddle() throws IOException {
    GeneratedContent next = new GeneratedContent(2, LENGTH);
    origin.script("/file", new ChangeVersionAfter(1000, Resource.of("/file", next)));
    String first = RawClient.ask(origin, "/file");
    assertThat(body(first)).isEqualTo(text(CONTENT, 0, 1000));
    String second = RawClient.ask(origin, "/file", "Connection: close");
    assertThat(body(second)).isEqualTo(text(next, 0, LENGTH));
    assertThat(field(second, "ETag")).isNotEqualTo(field(first, "ETag"));
    assertThat(field(second, "Last-Modified")).isNotEqualTo(field(first, "Last-Modified"));
  }

  @Test
  void gzipComesWithItsOwnLength() throws IOException {
    origin.script("/file", new GzipUninvited());
    String answer =
        RawClient.ask(origin, "/file", "Accept-Encoding: identity", "Connection: close");
    assertThat(field(answer, "Content-Encoding")).isEqualTo("gzip");
    byte[] zipped = body(answer).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(field(answer, "Content-Length")).isEqualTo(Integer.toString(zipped.length));
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
    assertThat(text(plain)).isEqualTo(text(CONTENT, 0, LENGTH));
  }

  @Test
  void says500_whenTheFaultCannotBePlayed() throws IOException {
    origin.put(Resource.of("/file", new GeneratedContent(1, 1L << 40)));
    origin.script("/file", new GzipUninvited());
    assertThat(RawClient.ask(origin, "/file")).contains(" 500 ").contains("GzipUninvited");
  }
}
