package dev.dromedary.demo;

import static dev.dromedary.demo.RawClient.body;
import static dev.dromedary.demo.RawClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.FramingFault.BadChunkSize;
import dev.dromedary.demo.FramingFault.Chunked;
import dev.dromedary.demo.FramingFault.ChunkedCut;
import dev.dromedary.demo.FramingFault.CloseDelimited;
import dev.dromedary.demo.FramingFault.LengthAndChunked;
import dev.dromedary.demo.FramingFault.TwoLengths;
import dev.dromedary.demo.FramingFault.WrongContentLength;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingFaultTest {

  private static final String TEXT = "landing zone";

  private final ScriptedOrigin origin = ScriptedOrigin.start();

  @BeforeEach
  void put() {
    origin.put(Resource.of("/file", FixedContent.of(TEXT)));
  }

  @AfterEach
  void close() {
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 5})
  void lengthIsWrongAndTheBodyIsNot(long delta) throws IOException {
    String answer = ask(new WrongContentLength(delta));
    assertThat(field(answer, "Content-Length")).isEqualTo(Long.toString(TEXT.length() + delta));
    assertThat(body(answer)).isEqualTo(TEXT);
  }

  @Test
  void twoLengthsDisagree() throws IOException {
    assertThat(ask(new TwoLengths()))
        .contains("\r\nContent-Length: 12\r\n")
        .contains("\r\nContent-Length: 13\r\n")
        .endsWith("\r\n\r\n" + TEXT);
  }

  @Test
  void lengthStandsBesideChunks() throws IOException {
    assertThat(ask(new LengthAndChunked()))
        .contains("\r\nContent-Length: 12\r\n")
        .contains("\r\nTransfer-Encoding: chunked\r\n")
        .endsWith("\r\n\r\nc\r\nlanding zone\r\n0\r\n\r\n");
  }

  @Test
  void chunkedIsWellFormedAndKeepsTheConnection() throws IOException {
    origin.script("/file", new Chunked());
    try (RawClient client = new RawClient(origin)) {
      client.send("GET", "/file");
      String head = client.readHead();
      assertThat(field(head, "Content-Length")).isEmpty();
      assertThat(field(head, "Transfer-Encoding")).isEqualTo("chunked");
      String expected = "c\r\nlanding zone\r\n0\r\n\r\n";
      assertThat(client.read(expected.length())).isEqualTo(expected);
      client.send("GET", "/file");
      assertThat(client.readAnswer()).endsWith(TEXT);
    }
    assertThat(origin.requests("/file").get(0).bodyBytesSent()).isEqualTo(TEXT.length());
  }

  @Test
  void chunkedIsUnderstoodByTheHttpClientOfTheJdk() throws Exception {
    GeneratedContent large = new GeneratedContent(1, 5_000_000);
    origin.put(Resource.of("/large", large));
    origin.script("/large", new Chunked());
    HttpRequest request = HttpRequest.newBuilder(origin.uri("/large")).build();
    byte[] body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    assertThat(RawClient.text(body)).isEqualTo(RawClient.text(large, 0, 5_000_000));
  }

  @Test
  void lastChunkIsMissing() throws IOException {
    assertThat(ask(new ChunkedCut())).endsWith("\r\n\r\nc\r\nlanding zone\r\n");
  }

  @Test
  void chunkSizeIsNoNumber() throws IOException {
    assertThat(ask(new BadChunkSize())).endsWith("\r\n\r\nc\r\nlanding zone\r\nxyz\r\n");
  }

  @Test
  void bodyEndsWithTheConnection() throws IOException {
    String answer = ask(new CloseDelimited());
    assertThat(field(answer, "Content-Length") + field(answer, "Transfer-Encoding")).isEmpty();
    assertThat(body(answer)).isEqualTo(TEXT);
  }

  @Test
  void combinesWithACut() throws IOException {
    assertThat(ask(new Chunked().and(new CutAfter(7, false)))).endsWith("\r\n7\r\nlanding\r\n");
    assertThat(body(ask(new CloseDelimited().and(new CutAfter(7, false))))).isEqualTo("landing");
  }

  private String ask(Fault fault) throws IOException {
    origin.script("/file", fault);
    return RawClient.ask(origin, "/file");
  }
}
