package dev.dromedary.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.demo.WireFault.CloseWithoutAnswer;
import dev.dromedary.demo.WireFault.Endless1xx;
import dev.dromedary.demo.WireFault.EndlessHeaders;
import dev.dromedary.demo.WireFault.RawResponse;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireFaultTest {

  private final ScriptedOrigin origin = ScriptedOrigin.start();

  @AfterEach
  void close() {
    origin.close();
  }

  @Test
  void nothingComesBeforeTheHead() throws IOException {
    origin.script("/file", new StallBeforeHeaders());
    try (RawClient client = new RawClient(origin)) {
      client.timeoutMillis(100);
      client.send("GET", "/file");
      assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void stallBeforeTheHeadEndsAtItsLimit() throws IOException {
    origin.script("/file", new StallBeforeHeaders(Duration.ofMillis(50)));
    assertThat(RawClient.ask(origin, "/file")).isEmpty();
  }

  @Test
  void connectionClosesWithoutAnAnswer() throws IOException {
    origin.script("/file", new CloseWithoutAnswer());
    assertThat(RawClient.ask(origin, "/file")).isEmpty();
    assertThat(origin.requests("/file").get(0).status()).isZero();
  }

  @Test
  void rawBytesAreAllThereIs() throws IOException {
    origin.script("/file", RawResponse.of("SSH-2.0-OpenSSH\r\n"));
    assertThat(RawClient.ask(origin, "/file")).isEqualTo("SSH-2.0-OpenSSH\r\n");
  }

  @Test
  void headersDoNotEnd() throws IOException {
    assertThat(firstMegabyteOf(new EndlessHeaders()))
        .startsWith("HTTP/1.1 200 OK\r\nX-Filler: 0123456789abcdef\r\nX-Filler: ")
        .doesNotContain("\r\n\r\n");
  }

  @Test
  void informationalAnswersDoNotEnd() throws IOException {
    assertThat(firstMegabyteOf(new Endless1xx()).split("\r\n\r\n"))
        .hasSizeGreaterThan(1000)
        .allMatch(
            head -> "HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload".startsWith(head));
  }

  private String firstMegabyteOf(Fault fault) throws IOException {
    origin.script("/file", fault);
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/file");
      return client.read(1_000_000);
    }
  }
}
