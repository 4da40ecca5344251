package dev.dromedary.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.response.Verdict.Body;
import dev.dromedary.response.Verdict.NotModified;
import dev.dromedary.response.Verdict.NothingLeft;
import dev.dromedary.response.Verdict.OtherNotModified;
import dev.dromedary.response.Verdict.Redirect;
import dev.dromedary.response.Verdict.Refused;
import dev.dromedary.response.Verdict.Relation;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.Validators;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseJudgeTest {

  private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");
  private static final Validators V1 = new Validators("\"v1\"", null);
  private static final Asked WHOLE = Asked.whole(KnownVersion.NONE);
  private static final Asked FIRST = Asked.firstPart(50, KnownVersion.NONE);

  /** Bytes 10 to 20 of 100 bytes of which the first ten are held. */
  private static final Asked PART = Asked.part(new ByteRange(10, 20), V1, OptionalLong.of(100));

  private static final Asked REST =
      Asked.part(new ByteRange(10, Asked.OPEN), V1, OptionalLong.empty());

  // 206

  @Test
  void takesThePart_whenItIsTheOneAskedFor() {
    assertThat(judge(PART, 206, "Content-Range: bytes 10-19/100", "ETag: \"v1\""))
        .isInstanceOfSatisfying(
            Body.class,
            body -> {
              assertThat(body.start()).isEqualTo(10);
              assertThat(body.end()).hasValue(20);
              assertThat(body.whole()).isFalse();
              assertThat(body.relation()).isEqualTo(Relation.SAME);
              assertThat(body.representation().lengthBytes()).hasValue(100);
              assertThat(body.representation().validators()).isEqualTo(V1);
              assertThat(body.representation().acceptsRanges()).isTrue();
            });
  }

  @Test
  void takesAShorterPartThanAskedFor() {
    assertThat(judge(PART, 206, "Content-Range: bytes 10-14/100", "Content-Length: 5"))
        .isInstanceOfSatisfying(
            Body.class,
            body -> {
              assertThat(body.end()).hasValue(15);
              assertThat(body.relation()).isEqualTo(Relation.UNKNOWN);
            });
  }

  @Test
  void takesAnyEnd_whenTheRestWasAskedFor() {
    assertThat(judge(REST, 206, "Content-Range: bytes 10-99999/*"))
        .isInstanceOfSatisfying(
            Body.class,
            body -> {
              assertThat(body.end()).hasValue(100_000);
              assertThat(body.representation().lengthBytes()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Range: bytes 9-19/100",
        "Content-Range: bytes 11-19/100",
        "Content-Range: bytes 10-20/100",
        "Content-Range: bytes 10-19/100\nContent-Length: 11",
        "Content-Range: bytes 10-19/100\nContent-Range: bytes 10-18/100",
        "Content-Range: bytes */100",
        "Content-Range: garbage",
        "Content-Length: 10",
        "Content-Type: Multipart/ByteRanges; boundary=x\nContent-Range: bytes 10-19/100",
      })
  void refusesAnotherPart(String headers) {
    assertThat(refusal(judge(PART, 206, headers.split("\n", -1))))
        .isEqualTo(FailureCode.RANGE_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Range: bytes 10-19/101",
        "Content-Range: bytes 10-19/100\nETag: \"v2\"",
        "Content-Range: bytes 10-19/*\nETag: \"v2\"",
      })
  void refusesAPartOfAnotherVersion(String headers) {
    assertThat(refusal(judge(PART, 206, headers.split("\n", -1))))
        .isEqualTo(FailureCode.VERSION_CHANGED);
  }

  @Test
  void takesAPartNobodyAskedFor_onlyFromTheFirstByte() {
    assertThat(judge(WHOLE, 206, "Content-Range: bytes 0-9/100"))
        .isInstanceOfSatisfying(Body.class, body -> assertThat(body.end()).hasValue(10));
    assertThat(refusal(judge(WHOLE, 206, "Content-Range: bytes 5-9/100")))
        .isEqualTo(FailureCode.RANGE_MISMATCH);
  }

  // 200

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Length: 100, ETag: \"v1\" | SAME",
        "ETag: \"v1\" | SAME",
        "Content-Length: 101, ETag: \"v1\" | NEW_VERSION",
        "Content-Length: 100, ETag: \"v2\" | NEW_VERSION",
        "Content-Length: 101 | NEW_VERSION",
        "Content-Length: 100 | UNKNOWN",
        "X: y | UNKNOWN",
      })
  void takesTheWhole_andTellsItsVersion_whenARangeIsIgnored(String headers, Relation relation) {
    assertThat(judge(PART, 200, headers.split(", ", -1)))
        .isInstanceOfSatisfying(
            Body.class,
            body -> {
              assertThat(body.start()).isZero();
              assertThat(body.whole()).isTrue();
              assertThat(body.relation()).isEqualTo(relation);
              assertThat(body.end()).isEqualTo(body.representation().lengthBytes());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Range: bytes 0-49/*",
        "Content-Range: bytes 0-49/100",
        "Content-Range: bytes=0-49/50",
        "Content-Range: bytes 0-49",
        "Content-Range: bytes 0-49/50\nContent-Range: bytes 0-49/100",
      })
  void believesNoWhole_thatMayBeTheRangeAskedFor(String range) {
    String[] headers = (range + "\nContent-Length: 50").split("\n", -1);
    assertThat(refusal(judge(FIRST, 200, headers))).isEqualTo(FailureCode.RANGE_MISMATCH);
    assertThat(judge(FIRST, 200, "Content-Range: bytes 0-49/50")).isInstanceOf(Body.class);
  }

  @Test
  void takesTheWhole_thatNoRangeWasAskedOf() {
    assertThat(judge(WHOLE, 200, "Content-Range: bytes 0-49/*")).isInstanceOf(Body.class);
    assertThat(judge(WHOLE, 200, "Content-Range: garbage")).isInstanceOf(Body.class);
  }

  @Test
  void tellsWhatTheHeadersTell() {
    assertThat(
            judge(
                FIRST,
                200,
                "content-length: 7, 7",
                "Accept-Ranges: Bytes",
                "Content-Type: text/plain",
                "Last-Modified: Mon, 06 May 2024 07:08:09 GMT"))
        .isInstanceOfSatisfying(
            Body.class,
            body -> {
              assertThat(body.end()).hasValue(7);
              assertThat(body.representation().acceptsRanges()).isTrue();
              assertThat(body.representation().contentType()).isEqualTo("text/plain");
              assertThat(body.representation().validators().lastModified())
                  .isEqualTo("Mon, 06 May 2024 07:08:09 GMT");
            });
  }

  @Test
  void knowsNoLength_whenTheBodyIsChunked() {
    assertThat(judge(WHOLE, 200, "Transfer-Encoding: chunked", "Content-Length: 5"))
        .isInstanceOfSatisfying(Body.class, body -> assertThat(body.end()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "1.5", "", "x", "5, 6", "5\nContent-Length: 6", "99999999999999999999", "٥"})
  void refusesALengthThatCannotBeBelieved(String length) {
    String[] headers = ("Content-Length: " + length).split("\n", -1);
    assertThat(refusal(judge(WHOLE, 200, headers))).isEqualTo(FailureCode.MALFORMED_RESPONSE);
    assertThat(refusal(judge(PART, 206, headers))).isEqualTo(FailureCode.MALFORMED_RESPONSE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"gzip | false", "identity, br | false", "X-GZIP | false", "IDENTITY | true"})
  void refusesACompressedBody(String coding, boolean isTaken) {
    assertThat(judge(WHOLE, 200, "Content-Encoding: " + coding) instanceof Body).isEqualTo(isTaken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x.tar.gz | gzip         | Content-Length: 9     | true",
        "x.TGZ    | X-GZIP       | Content-Length: 9     | true",
        "x.zst    | zstd         | Content-Length: 9     | true",
        "x.tar.gz | gzip         | X: made on the way    | false",
        "x.tar.gz | gzip, gzip   | Content-Length: 9     | false",
        "x.tar.gz | br           | Content-Length: 9     | false",
        "x.gz.csv | gzip         | Content-Length: 9     | false",
        "x.csv    | gzip         | Content-Length: 9     | false"
      })
  void takesTheCodingThatTheNameSpeaksOf(String name, String coding, String length, boolean taken) {
    Asked asked = taking(TakenCodings.of(source(name, false)));
    assertThat(judge(asked, 200, "Content-Encoding: " + coding, length) instanceof Body)
        .isEqualTo(taken);
  }

  @Test
  void takesEveryCoding_whereTheSourceSaysSo() {
    Asked asked = taking(TakenCodings.of(source("x.csv", true)));
    Verdict verdict =
        judge(asked, 200, "Content-Encoding: gzip, br", "ETag: \"v1\"", "Content-Length: 9");
    assertThat(((Body) verdict).representation().validators()).isEqualTo(V1);
  }

  @Test
  void whatIsCodedOnItsWayIsNothingToGoOnWith() {
    Asked asked = taking(TakenCodings.of(source("x.csv", true)));
    String date = "Last-Modified: Tue, 01 Jan 2030 00:00:00 GMT";
    Verdict verdict = judge(asked, 200, "Content-Encoding: gzip", "ETag: \"v1\"", date);
    assertThat(((Body) verdict).representation().validators()).isEqualTo(Validators.NONE);
  }

  @Test
  void refusesAPartThatMayBeCodedAlone() {
    Asked asked = taking(TakenCodings.of(source("x.tar.gz", true)));
    String range = "Content-Range: bytes 0-99/100";
    assertThat(judge(asked, 206, "Content-Encoding: gzip", range, "Content-Length: 100"))
        .isInstanceOf(Body.class);
    assertThat(refusal(judge(asked, 206, "Content-Encoding: gzip", range)))
        .isEqualTo(FailureCode.RANGE_MISMATCH);
    assertThat(refusal(judge(asked, 206, "Content-Encoding: gzip", range, "Content-Length: 120")))
        .isEqualTo(FailureCode.RANGE_MISMATCH);
  }

  private static Asked taking(TakenCodings codings) {
    return new Asked(
        0,
        Asked.OPEN,
        false,
        Validators.NONE,
        OptionalLong.empty(),
        KnownVersion.NONE,
        codings,
        null);
  }

  private static Source source(String name, boolean allowContentEncoding) {
    return new Source(
        name,
        List.of(URI.create("http://a.test/" + name)),
        name,
        List.of(),
        OptionalLong.empty(),
        new Schedule.Every(Duration.ofHours(1)),
        Map.of(),
        OptionalInt.empty(),
        false,
        allowContentEncoding,
        OptionalLong.empty(),
        Guards.NONE,
        Optional.empty());
  }

  // 304, redirects, 416

  @Test
  void isNotModified_onlyWhenThatWasAsked() {
    assertThat(judge(Asked.whole(known(V1)), 304)).isEqualTo(new NotModified());
    assertThat(judge(Asked.firstPart(8, known(V1)), 304)).isEqualTo(new NotModified());
    assertThat(refusal(judge(WHOLE, 304))).isEqualTo(FailureCode.UNEXPECTED_STATUS);
  }

  @Test
  void isNotModified_onlyWhenNoOtherVersionIsNamed() {
    assertThat(judge(Asked.whole(known(V1)), 304, "ETag: \"v1\"")).isEqualTo(new NotModified());
    assertThat(judge(Asked.whole(known(V1)), 304, "ETag: W/\"v1\"")).isEqualTo(new NotModified());
    assertThat(judge(Asked.whole(known(V1)), 304, "ETag: \"v2\""))
        .isEqualTo(new OtherNotModified());
    assertThat(judge(Asked.whole(known(V1)), 304, "ETag: W/\"v2\""))
        .isEqualTo(new OtherNotModified());
    Validators dated = new Validators(null, "Mon, 05 Jan 2026 10:00:00 GMT");
    assertThat(judge(Asked.whole(known(dated)), 304, "ETag: \"v2\"")).isEqualTo(new NotModified());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"v1\"', '\"v1\"', 100, true",
    "'\"v1\"', '\"v2\"', 100, false",
    "'\"v1\"', '\"v1\"', 99, false",
    "'W/\"v1\"', 'W/\"v1\"', 100, false",
    "'\"v1\"', 'W/\"v1\"', 100, false"
  })
  void isNotModified_whenTheVersionAskedAboutComesAllTheSame(
      String known, String found, long length, boolean isKnown) {
    KnownVersion version = new KnownVersion(new Validators(known, null), OptionalLong.of(length));
    String etag = "ETag: " + found;
    assertThat(judge(Asked.whole(version), 200, "Content-Length: 100", etag) instanceof NotModified)
        .isEqualTo(isKnown);
    assertThat(
            judge(Asked.firstPart(8, version), 206, "Content-Range: bytes 0-7/100", etag)
                instanceof NotModified)
        .isEqualTo(isKnown);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void reportsARedirect_whenItHasALocation(int status) {
    assertThat(judge(WHOLE, status, "Location: /x")).isEqualTo(new Redirect("/x", status));
    assertThat(refusal(judge(WHOLE, status))).isEqualTo(FailureCode.UNEXPECTED_STATUS);
    assertThat(refusal(judge(WHOLE, status, "Location: /x", "Location: /y")))
        .isEqualTo(FailureCode.UNEXPECTED_STATUS);
  }

  @Test
  void hasNothingLeft_whenTheTotalIsWhereTheRangeStarts() {
    assertThat(judge(REST, 416, "Content-Range: bytes */10"))
        .isInstanceOfSatisfying(
            NothingLeft.class, n -> assertThat(n.representation().lengthBytes()).hasValue(10));
    assertThat(judge(FIRST, 416, "Content-Range: bytes */0"))
        .isInstanceOfSatisfying(
            NothingLeft.class, n -> assertThat(n.representation().lengthBytes()).hasValue(0));
  }

  @Test
  void startsOver_whenARangeIsUnsatisfiableThatShouldNotBe() {
    assertThat(refusal(judge(REST, 416, "Content-Range: bytes */9")))
        .isEqualTo(FailureCode.VERSION_CHANGED);
    assertThat(refusal(judge(REST, 416, "Content-Range: bytes */10", "ETag: \"v2\"")))
        .isEqualTo(FailureCode.VERSION_CHANGED);
    assertThat(refusal(judge(PART, 416, "Content-Range: bytes */99")))
        .isEqualTo(FailureCode.VERSION_CHANGED);
    assertThat(refusal(judge(PART, 416, "Content-Range: bytes */100")))
        .isEqualTo(FailureCode.RANGE_MISMATCH);
    assertThat(refusal(judge(FIRST, 416))).isEqualTo(FailureCode.RANGE_MISMATCH);
    assertThat(refusal(judge(WHOLE, 416))).isEqualTo(FailureCode.CLIENT_ERROR);
  }

  // everything else

  @ParameterizedTest
  @CsvSource({
    "100, UNEXPECTED_STATUS",
    "204, UNEXPECTED_STATUS",
    "205, UNEXPECTED_STATUS",
    "299, UNEXPECTED_STATUS",
    "300, UNEXPECTED_STATUS",
    "305, UNEXPECTED_STATUS",
    "306, UNEXPECTED_STATUS",
    "399, UNEXPECTED_STATUS",
    "400, CLIENT_ERROR",
    "401, UNAUTHORIZED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "408, REQUEST_TIMEOUT",
    "410, GONE",
    "418, CLIENT_ERROR",
    "425, TOO_EARLY",
    "429, TOO_MANY_REQUESTS",
    "500, SERVER_ERROR",
    "502, SERVER_ERROR",
    "503, SERVICE_UNAVAILABLE",
    "599, SERVER_ERROR",
    "600, UNEXPECTED_STATUS",
    "0, UNEXPECTED_STATUS",
    "-1, UNEXPECTED_STATUS",
  })
  void mapsEveryOtherStatusToItsCode(int status, FailureCode code) {
    assertThat(judge(PART, status))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.message()).contains(Integer.toString(status));
            });
  }

  @ParameterizedTest
  @CsvSource({"408, true", "425, true", "429, true", "500, true", "503, true", "404, false"})
  void readsRetryAfter_whereComingBackHelps(int status, boolean isRead) {
    assertThat(judge(WHOLE, status, "Retry-After: 7"))
        .isInstanceOfSatisfying(
            Refused.class,
            r -> assertThat(r.retryAfter()).isEqualTo(isRead ? Duration.ofSeconds(7) : null));
  }

  @Test
  void keepsHeaderValuesOutOfMessages() {
    String secret = "SECRET";
    for (int status : new int[] {200, 206, 302, 416, 429, 500}) {
      Verdict verdict =
          judge(
              PART,
              status,
              "Content-Range: " + secret,
              "Content-Encoding: " + secret,
              "ETag: " + secret,
              "Retry-After: " + secret,
              "Set-Cookie: " + secret);
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.message()).doesNotContain(secret));
    }
  }

  private static FailureCode refusal(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Refused.class);
    return ((Refused) verdict).code();
  }

  private static Verdict judge(Asked asked, int status, String... headers) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      all.computeIfAbsent(parts[0], n -> new ArrayList<>()).add(parts[1]);
    }
    return ResponseJudge.judge(asked, new ResponseFacts(status, all), NOW);
  }

  private static KnownVersion known(Validators validators) {
    return new KnownVersion(validators, OptionalLong.empty());
  }
}
