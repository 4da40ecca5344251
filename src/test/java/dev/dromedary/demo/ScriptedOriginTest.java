package dev.dromedary.demo;

import static dev.dromedary.demo.RawClient.body;
import static dev.dromedary.demo.RawClient.field;
import static dev.dromedary.demo.RawClient.statusLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.BodyFault.Trickle;
import dev.dromedary.transfer.ByteRange;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedOriginTest {

  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  private final ScriptedOrigin origin = ScriptedOrigin.start(0, Clock.fixed(NOON, ZoneOffset.UTC));

  @AfterEach
  void close() {
    origin.close();
  }

  @Test
  void answers404_whereNothingWasPut() throws IOException {
    String answer = RawClient.ask(origin, "/none", "Connection: close");
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(field(answer, "Date")).isEqualTo("Mon, 02 Nov 2026 12:00:00 GMT");
    assertThat(body(answer)).hasSizeLessThan(100);
  }

  @Test
  void keepsTheConnectionAlive_andNumbersConnections() throws IOException {
    put("abc");
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/file");
      assertThat(client.readAnswer()).endsWith("abc");
      client.send("GET", "/file", "If-None-Match: *");
      assertThat(client.readAnswer()).contains(" 304 ");
      client.send("GET", "/file", "Range: bytes=1-");
      assertThat(client.readAnswer()).endsWith("\r\n\r\nbc");
    }
    RawClient.ask(origin, "/file", "Connection: close");
    assertThat(origin.requests()).extracting(SeenRequest::connection).containsExactly(1, 1, 1, 2);
  }

  @Test
  void answersRequestsThatWereSentAhead() throws IOException {
    put("abc");
    try (RawClient client = new RawClient(origin)) {
      client.sendRaw("GET /file HTTP/1.1\r\n\r\nGET /file HTTP/1.1\r\nRange: bytes=0-0\r\n\r\n");
      assertThat(client.readAnswer()).endsWith("\r\n\r\nabc");
      assertThat(client.readAnswer()).endsWith("\r\n\r\na");
    }
  }

  @Test
  void closesAfterTheAnswer_whenTheClientWantsThat() throws IOException {
    put("abc");
    String answer = RawClient.ask(origin, "/file", "connection: Close");
    assertThat(field(answer, "Connection")).isEqualTo("close");
  }

  @Test
  void logsWhatWasAskedAndWhatWasAnswered() throws IOException {
    put("0123456789");
    RawClient.ask(origin, "/file?a=%20b", "RANGE: bytes=-4", "X-Id: 7", "Connection: close");
    SeenRequest seen = origin.requests("/file").get(0);
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.target()).isEqualTo("/file?a=%20b");
    assertThat(seen.header("x-iD")).hasValue("7");
    assertThat(seen.headers()).containsKey("range");
    assertThat(seen.range()).hasValue(new ByteRange(6, 10));
    assertThat(seen.status()).isEqualTo(206);
    assertThat(seen.bodyBytesSent()).isEqualTo(4);
    assertThat(seen.startedAt()).isEqualTo(NOON);
    assertThat(seen.endedAt()).hasValue(NOON);
  }

  @Test
  void usesTheScriptInOrder_andServesNormallyAfterwards() throws IOException {
    put("abc");
    origin.script("/file", new Status(500), new Fault.None());
    origin.script("/file", new Status(502));
    assertThat(statuses("/file", 4)).containsExactly(500, 200, 502, 200);
  }

  @Test
  void spoilsEveryRequestAfterTheQueue_untilTheScriptIsCleared() throws IOException {
    put("abc");
    origin.script("/file", new Status(500));
    origin.forever("/file", new Status(503));
    assertThat(statuses("/file", 3)).containsExactly(500, 503, 503);
    origin.clearScript("/file");
    RawClient.ask(origin, "/file", "Connection: close");
    assertThat(origin.requests("/file").get(3).status()).isEqualTo(200);
  }

  @Test
  void servesTheNextVersion_onceItWasPut() throws IOException {
    put("old");
    String before = RawClient.ask(origin, "/file", "Connection: close");
    put("new");
    String after = RawClient.ask(origin, "/file", "Connection: close");
    assertThat(body(before) + body(after)).isEqualTo("oldnew");
    assertThat(field(before, "ETag")).isNotEqualTo(field(after, "ETag"));
    origin.remove("/file");
    assertThat(RawClient.ask(origin, "/file", "Connection: close")).contains(" 404 ");
  }

  @Test
  void finishesTheOldVersion_whenAnotherIsPutMeanwhile() throws IOException {
    GeneratedContent old = new GeneratedContent(1, 50_000_000);
    origin.put(Resource.of("/big", old));
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/big", "Connection: close");
      client.readHead();
      origin.put(Resource.of("/big", new GeneratedContent(2, 50_000_000)));
      assertThat(client.read(50_000_000)).isEqualTo(RawClient.text(old, 0, 50_000_000));
    }
  }

  @Test
  void countsLessThanTheWhole_whenTheClientLeavesEarly() throws IOException {
    origin.put(Resource.of("/big", new GeneratedContent(1, 1L << 40)));
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/big");
      client.readHead();
      client.read(1000);
    }
    SeenRequest seen = origin.requests("/big").get(0);
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> seen.endedAt().isPresent());
    assertThat(seen.bodyBytesSent()).isBetween(1000L, 64L << 20);
  }

  @Test
  void waitsForRequests_andSaysHowManyCame() throws IOException {
    put("abc");
    RawClient.ask(origin, "/file", "Connection: close");
    assertThat(origin.awaitRequests("/file", 1, Duration.ofSeconds(5))).hasSize(1);
    assertThatThrownBy(() -> origin.awaitRequests("/file", 2, Duration.ofMillis(20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected 2 requests")
        .hasMessageContaining("found 1");
  }

  @Test
  void holdsEachConnectionToTheRate() throws IOException {
    origin.put(Resource.of("/file", new GeneratedContent(1, 300_000)));
    origin.rateLimitPerConnection(1_000_000);
    long start = System.nanoTime();
    RawClient.ask(origin, "/file", "Connection: close");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(150), Duration.ofSeconds(4));
  }

  @Test
  void refusesAHeadWithoutEnd() throws IOException {
    try (RawClient client = new RawClient(origin)) {
      client.sendRaw("GET / HTTP/1.1\r\nX: " + "x".repeat(70_000));
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void refusesWhatIsNoRequest() throws IOException {
    try (RawClient client = new RawClient(origin)) {
      client.sendRaw("hello\r\n\r\n");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ");
    }
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void refusesOtherMethods() throws IOException {
    try (RawClient client = new RawClient(origin)) {
      client.send("POST", "/file", "Content-Length: 3");
      client.sendRaw("abc");
      assertThat(field(client.readToEnd(), "Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void freesThreadsAndSockets_whenClosedInTheMiddle() throws IOException {
    origin.put(Resource.of("/big", new GeneratedContent(1, 1L << 40)));
    origin.put(Resource.of("/slow", new GeneratedContent(1, 1000)));
    origin.script("/big", new Fault.None(), new StallAfter(5));
    origin.script("/slow", new Trickle(1));
    try (RawClient blocked = new RawClient(origin);
        RawClient stalled = new RawClient(origin);
        RawClient slow = new RawClient(origin);
        RawClient idle = new RawClient(origin)) {
      blocked.send("GET", "/big");
      blocked.readHead();
      stalled.send("GET", "/big");
      stalled.readHead();
      slow.send("GET", "/slow");
      slow.readHead();
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> origin.openConnections() == 4);
      assertThat(threadsOf(origin)).isEqualTo(5);
      origin.close();
      assertThat(idle.read()).isEqualTo(-1);
    }
    assertThat(origin.openConnections()).isZero();
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> threadsOf(origin) == 0);
    assertThatThrownBy(() -> new RawClient(origin)).isInstanceOf(ConnectException.class);
  }

  @Test
  void comesBackOnTheSamePort() throws IOException {
    origin.close();
    try (ScriptedOrigin again = ScriptedOrigin.start(origin.port(), Clock.systemUTC())) {
      assertThat(RawClient.ask(again, "/none", "Connection: close")).contains(" 404 ");
    }
  }

  private void put(String text) {
    origin.put(Resource.of("/file", FixedContent.of(text)));
  }

  private Integer[] statuses(String path, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      RawClient.ask(origin, path, "Connection: close");
    }
    return origin.requests(path).stream().map(SeenRequest::status).toArray(Integer[]::new);
  }

  private static long threadsOf(ScriptedOrigin origin) {
    String prefix = "origin-" + origin.port() + "-";
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }
}
