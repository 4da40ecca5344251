package dev.dromedary.demo;

import static dev.dromedary.demo.RawClient.body;
import static dev.dromedary.demo.RawClient.field;
import static dev.dromedary.demo.RawClient.statusLine;
import static dev.dromedary.demo.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without faults the origin does as RFC 9110 says. */
class PlainAnswersTest {

  private static final GeneratedContent CONTENT = new GeneratedContent(1, 1000);
  private static final Resource FILE =
      Resource.of("/file", CONTENT).withLastModified(Instant.parse("2026-11-05T08:09:10Z"));
  private static final String ETAG = "\"" + CONTENT.version() + "\"";
  private static final String MODIFIED = "Thu, 05 Nov 2026 08:09:10 GMT";

  private final ScriptedOrigin origin = ScriptedOrigin.start();

  @AfterEach
  void close() {
    origin.close();
  }

  @Test
  void sendsEverythingWithValidators_whenNothingIsConditional() throws IOException {
    String answer = ask();
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(field(answer, "Content-Length")).isEqualTo("1000");
    assertThat(field(answer, "ETag")).isEqualTo(ETAG);
    assertThat(field(answer, "Last-Modified")).isEqualTo(MODIFIED);
    assertThat(field(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(field(answer, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(field(answer, "Date")).endsWith(" GMT");
    assertThat(field(answer, "Server")).isNotEmpty();
    assertThat(body(answer)).isEqualTo(text(CONTENT, 0, 1000));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,       0,   1",
    "bytes=5-9,       5,   10",
    "bytes=990-,      990, 1000",
    "bytes=-7,        993, 1000",
    "bytes=-5000,     0,   1000",
    "bytes=900-99999999999999999999, 900, 1000",
    "BYTES=1-2,       1,   3"
  })
  void sendsTheRange_whenItCanBeSatisfied(String range, int start, int end) throws IOException {
    String answer = ask("Range: " + range);
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 206 Partial Content");
    assertThat(field(answer, "Content-Range"))
        .isEqualTo("bytes " + start + "-" + (end - 1) + "/1000");
    assertThat(field(answer, "Content-Length")).isEqualTo(Integer.toString(end - start));
    assertThat(field(answer, "ETag")).isEqualTo(ETAG);
    assertThat(body(answer)).isEqualTo(text(CONTENT, start, end - start));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000-", "bytes=5000-6000", "bytes=-0"})
  void answers416WithTheLength_whenTheRangeLiesOutside(String range) throws IOException {
    String answer = ask("Range: " + range);
    assertThat(statusLine(answer)).startsWith("HTTP/1.1 416 ");
    assertThat(field(answer, "Content-Range")).isEqualTo("bytes */1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lines=1-2", "bytes=9-5", "bytes=-", "bytes=a-b", "bytes=0-1,5-6"})
  void sendsEverything_whenTheRangeMayBeIgnored(String range) throws IOException {
    assertThat(statusLine(ask("Range: " + range))).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void sendsEverything_whenTheServerKnowsNoRanges() throws IOException {
    origin.put(FILE.withoutRanges());
    String answer = RawClient.ask(origin, "/file", "Range: bytes=1-2", "Connection: close");
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(field(answer, "Accept-Ranges")).isEmpty();
  }

  @Test
  void honoursTheRange_whenIfRangeNamesThisVersion() throws IOException {
    assertThat(statusLine(ask("Range: bytes=1-2", "If-Range: " + ETAG))).contains(" 206 ");
    assertThat(statusLine(ask("Range: bytes=1-2", "If-Range: " + MODIFIED))).contains(" 206 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"another\"", "W/\"another\"", "Thu, 05 Nov 2026 08:09:11 GMT", "nonsense"})
  void sendsEverything_whenIfRangeNamesAnotherVersion(String condition) throws IOException {
    String answer = ask("Range: bytes=1-2", "If-Range: " + condition);
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(body(answer)).hasSize(1000);
  }

  @Test
  void sendsEverything_whenIfRangeHasAWeakTag() throws IOException {
    origin.put(FILE.withEtag(Resource.EtagKind.WEAK));
    String answer =
        RawClient.ask(
            origin, "/file", "Range: bytes=1-2", "If-Range: W/" + ETAG, "Connection: close");
    assertThat(field(answer, "ETag")).isEqualTo("W/" + ETAG);
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-None-Match: *",
        "If-None-Match: %s",
        "If-None-Match: W/%s",
        "If-None-Match: \"x\", %s",
        "If-Modified-Since: Thu, 05 Nov 2026 08:09:10 GMT",
        "If-Modified-Since: Fri, 06 Nov 2026 08:09:10 GMT"
      })
  void answers304WithoutABody_whenTheClientHasThisVersion(String condition) throws IOException {
    String answer = ask(condition.formatted(ETAG), "Range: bytes=0-9");
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 304 Not Modified");
    assertThat(field(answer, "ETag")).isEqualTo(ETAG);
    assertThat(body(answer)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-None-Match: \"another\"",
        "If-Modified-Since: Thu, 05 Nov 2026 08:09:09 GMT",
        "If-Modified-Since: yesterday"
      })
  void sendsTheFile_whenTheClientHasAnother(String condition) throws IOException {
    assertThat(statusLine(ask(condition))).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void prefersIfNoneMatch_toIfModifiedSince() throws IOException {
    String answer = ask("If-None-Match: \"another\"", "If-Modified-Since: " + MODIFIED);
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void sendsNoValidator_whenTheResourceHasNone() throws IOException {
    origin.put(FILE.withoutValidators());
    String answer = RawClient.ask(origin, "/file", "Connection: close");
    assertThat(field(answer, "ETag") + field(answer, "Last-Modified")).isEmpty();
  }

  @Test
  void sendsAnotherEtagEachTime_whenTheResourceIsSo() throws IOException {
    origin.put(FILE.withEtag(Resource.EtagKind.PER_REQUEST));
    String first = field(RawClient.ask(origin, "/file", "Connection: close"), "ETag");
    String second = field(RawClient.ask(origin, "/file", "Connection: close"), "ETag");
    assertThat(first).startsWith("\"").isNotEqualTo(second);
  }

  @Test
  void sendsOnlyTheHead_whenAskedByHead() throws IOException {
    origin.put(FILE);
    try (RawClient client = new RawClient(origin)) {
      client.send("HEAD", "/file", "Range: bytes=0-4", "Connection: close");
      String answer = client.readToEnd();
      assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(field(answer, "Content-Length")).isEqualTo("1000");
      assertThat(body(answer)).isEmpty();
    }
  }

  @Test
  void answers416_forAnyRangeOfAnEmptyFile() throws IOException {
    origin.put(Resource.of("/file", new GeneratedContent(1, 0)));
    String ranged = RawClient.ask(origin, "/file", "Range: bytes=0-", "Connection: close");
    assertThat(statusLine(ranged)).contains(" 416 ");
    String whole = RawClient.ask(origin, "/file", "Connection: close");
    assertThat(field(whole, "Content-Length")).isEqualTo("0");
  }

  @Test
  void isUnderstoodByTheHttpClientOfTheJdk() throws Exception {
    GeneratedContent large = new GeneratedContent(5, 3_000_000);
    origin.put(Resource.of("/large", large));
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(origin.uri("/large?x=1"))
            .header("Range", "bytes=1000000-2999999")
            .build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(text(response.body())).isEqualTo(text(large, 1_000_000, 2_000_000));
  }

  private String ask(String... headers) throws IOException {
    origin.put(FILE);
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Connection: close";
    return RawClient.ask(origin, "/file", all);
  }
}
