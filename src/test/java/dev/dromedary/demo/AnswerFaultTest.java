package dev.dromedary.demo;

import static dev.dromedary.demo.RawClient.body;
import static dev.dromedary.demo.RawClient.field;
import static dev.dromedary.demo.RawClient.statusLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.demo.AnswerFault.EndlessErrorBody;
import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerFaultTest {

  private final ScriptedOrigin origin = ScriptedOrigin.start();

  @AfterEach
  void close() {
    origin.close();
  }

  @Test
  void statusComesWithItsHeadersAndBody() throws IOException {
    String answer = ask(new Status(401, Map.of("WWW-Authenticate", "Basic"), "who?"));
    assertThat(statusLine(answer)).startsWith("HTTP/1.1 401 ");
    assertThat(field(answer, "WWW-Authenticate")).isEqualTo("Basic");
    assertThat(field(answer, "Content-Length")).isEqualTo("4");
    assertThat(body(answer)).isEqualTo("who?");
  }

  @Test
  void retryAfterIsSecondsOrADate() throws IOException {
    String seconds = ask(Status.retryAfter(503, Duration.ofSeconds(90)));
    assertThat(statusLine(seconds)).isEqualTo("HTTP/1.1 503 Service Unavailable");
    assertThat(field(seconds, "Retry-After")).isEqualTo("90");
    String date = ask(Status.retryAfter(429, Instant.parse("2026-11-02T03:04:05Z")));
    assertThat(field(date, "Retry-After")).isEqualTo("Mon, 02 Nov 2026 03:04:05 GMT");
  }

  @Test
  void noContentHasNone() throws IOException {
    String answer = ask(new Status(204));
    assertThat(field(answer, "Content-Length")).isEmpty();
    assertThat(body(answer)).isEmpty();
  }

  @Test
  void statusCanBeALoginPage() throws IOException {
    String answer = ask(new Status(200, Map.of("Content-Type", "text/html"), "<html>Sign in"));
    assertThat(field(answer, "Content-Type")).isEqualTo("text/html");
    assertThat(body(answer)).isEqualTo("<html>Sign in");
  }

  @Test
  void redirectSaysTheLocationAsItWasWritten() throws IOException {
    String answer = ask(new RedirectTo("../a b?%zz#f"));
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 302 Found");
    assertThat(field(answer, "Location")).isEqualTo("../a b?%zz#f");
    assertThat(statusLine(ask(new RedirectTo("ftp://x/", 308)))).contains(" 308 ");
  }

  @Test
  void headersAreAddedToTheFile() throws IOException {
    origin.put(Resource.of("/file", FixedContent.of("abc")));
    String answer = ask(new ExtraHeaders(Map.of("CamelFileName", "../../etc/passwd")));
    assertThat(statusLine(answer)).contains(" 200 ");
    assertThat(field(answer, "CamelFileName")).isEqualTo("../../etc/passwd");
    assertThat(body(answer)).isEqualTo("abc");
  }

  @Test
  void errorBodyGoesOnUntilTheClientLeaves() throws IOException {
    origin.script("/file", new EndlessErrorBody(500));
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/file");
      String head = client.readHead();
      assertThat(statusLine(head)).contains(" 500 ");
      assertThat(field(head, "Content-Length")).isEmpty();
      assertThat(client.read(20_000_000)).hasSize(20_000_000);
    }
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> origin.openConnections() == 0);
    assertThat(origin.requests("/file").get(0).bodyBytesSent()).isGreaterThan(19_999_999);
  }

  @Test
  void refusesStatusesThatEndNoRequest() {
    assertThatThrownBy(() -> new Status(103)).hasMessageContaining("expected 200 to 599");
  }

  private String ask(Fault fault) throws IOException {
    origin.script("/file", fault);
    return RawClient.ask(origin, "/file", "Connection: close");
  }
}
