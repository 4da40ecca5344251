package dev.dromedary.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.MagicBytes;
import dev.dromedary.transfer.MediaRange;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentPolicyTest {

  private static final Expected ANYTHING = expected("a.bin", Guards.NONE);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "application/zip, application/zip, true",
        "application/zip, APPLICATION/Zip; charset=x, true",
        "application/zip, text/html, false",
        "application/zip, application/zipx, false",
        "application/zip, -, false",
        "application/zip, nonsense, false",
        "text/*, text/csv, true",
        "text/*, application/text, false",
        "*/*, -, true",
        "*/*, nonsense, true",
      })
  void holdsTheContentTypeAgainstTheExpectedOne(
      String wanted, @Nullable String sent, boolean passes) {
    Expected expected = expected("a.bin", types(wanted));

    assertThat(code(ContentPolicy.head(expected, sent, OptionalLong.empty())))
        .isEqualTo(passes ? Optional.empty() : Optional.of(FailureCode.CONTENT_TYPE_UNEXPECTED));
  }

  @Test
  void tellsWhichContentTypesWereExpectedAndFound() {
    Expected expected = expected("a.bin", types("application/zip", "text/*"));

    assertThat(ContentPolicy.head(expected, "image/png", OptionalLong.empty()))
        .contains(
            new Rejection(
                FailureCode.CONTENT_TYPE_UNEXPECTED,
                "content type: expected application/zip or text/*, found image/png"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "10, 20, 9, false",
        "10, 20, 10, true",
        "10, 20, 20, true",
        "10, 20, 21, false",
        "10, -, 9, false",
        "10, -, 9223372036854775807, true",
        "-, 20, 0, true",
        "-, 20, 21, false",
        "-, -, 0, true",
      })
  void holdsTheLengthAgainstItsBounds(
      @Nullable Long min, @Nullable Long max, long found, boolean passes) {
    Guards bounds =
        new Guards(List.of(), optional(min), optional(max), List.of(), OptionalInt.empty());
    Expected expected = expected("a.bin", bounds);
    Optional<FailureCode> answer =
        passes ? Optional.empty() : Optional.of(FailureCode.SIZE_UNEXPECTED);

    assertThat(code(ContentPolicy.size(expected, found))).isEqualTo(answer);
    assertThat(code(ContentPolicy.head(expected, null, OptionalLong.of(found)))).isEqualTo(answer);
    assertThat(ContentPolicy.head(expected, null, OptionalLong.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "50, 1000, 500, true",
        "50, 1000, 499, false",
        "50, 1000, 2000, true",
        "0, 1000, 999, false",
        "0, 1000, 1000, true",
        "99, 1000, 9, false",
        "99, 1000, 10, true",
        "50, 0, 0, true",
        "50, -, 1, true",
        "33, 9223372036854775807, 6000000000000000000, false",
        "34, 9223372036854775807, 6100000000000000000, true",
      })
  void holdsTheLengthAgainstThatOfTheVersionBefore(
      int percent, @Nullable Long landed, long found, boolean passes) {
    Guards guards =
        new Guards(
            List.of(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            OptionalInt.of(percent));
    Expected expected = Expected.of(source("a.bin", guards), optional(landed));

    assertThat(code(ContentPolicy.size(expected, found)))
        .isEqualTo(passes ? Optional.empty() : Optional.of(FailureCode.SHRUNK));
  }

  @ParameterizedTest
  @CsvSource({
    "zip, 504b030414, true",
    "zip, 504b0506, true",
    "zip, 504b0708, false",
    "zip, 504b, false",
    "504B0304@2, 0000504b0304, true",
    "504B0304@2, 504b03040000, false",
    "GZIP, 1f8b08, true",
  })
  void holdsTheFirstBytesAgainstTheMagic(String magic, String start, boolean passes) {
    Expected expected = expected("a.bin", magic(magic));

    assertThat(code(ContentPolicy.start(expected, null, HexFormat.of().parseHex(start))))
        .isEqualTo(passes ? Optional.empty() : Optional.of(FailureCode.MAGIC_UNEXPECTED));
  }

  @ParameterizedTest
  @CsvSource({
    "zstd,zstd (28b52ffd)",
    "28B52FFD,zstd (28b52ffd)",
    "zip,zip (504b0304) or zip (504b0506)",
    "hdf5,hdf5/netcdf (894844460d0a1a0a)",
    "tar,tar (7573746172@257)",
    "cafe@3,cafe@3",
  })
  void saysWhichMagicItExpects_byItsNameToo(String magic, String told) {
    byte[] start = HexFormat.of().parseHex("b5175a");
    assertThat(ContentPolicy.start(expected("a.bin", magic(magic)), null, start))
        .map(Rejection::message)
        .contains("first bytes: expected " + told + ", found b5175a");
  }

  @Test
  void wantsAsManyBytesAsItsMagicNeeds() {
    assertThat(expected("a.html", magic("tar")).startBytes()).isEqualTo(262);
    assertThat(expected("a.html", Guards.NONE).startBytes()).isZero();
    assertThat(ANYTHING.startBytes()).isEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zp", "504B030", "50 4B", "504B@x", "504B@65537", "", "504B@-1"})
  void refusesMagicItCannotRead(String text) {
    assertThatThrownBy(() -> MagicBytes.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html>",
        "\u00ef\u00bb\u00bf \r\n <!doctype HTML>",
        "<html lang=\"en\">",
        "<!-- x --><!-- y -->\n<HTML>",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC",
        "<head>",
        "<script>",
        "<title>Sign in</title>",
        "<body\tx>",
        "<!-- a comment that does not end here",
        "<p>no"
      })
  void knowsAWebPage(String start) {
    assertThat(code(ContentPolicy.start(ANYTHING, "text/html", bytes(start))))
        .contains(FailureCode.HTML_UNEXPECTED);
    assertThat(code(ContentPolicy.start(ANYTHING, "Text/HTML; charset=utf-8", bytes(start))))
        .contains(FailureCode.HTML_UNEXPECTED);
    assertThat(ContentPolicy.start(ANYTHING, "application/octet-stream", bytes(start))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "PK\u0003\u0004", "a,b\n1,2\n", "{}", "<?xml version='1.0'?><rss>", "<pre"})
  void letsPassWhatIsNoWebPage_whateverItIsCalled(String start) {
    assertThat(ContentPolicy.start(ANYTHING, "text/html", bytes(start))).isEmpty();
  }

  @Test
  void takesAnUnknownTypeForAPageWhenItBeginsAsOne() {
    assertThat(code(ContentPolicy.start(ANYTHING, null, bytes("<html>"))))
        .contains(FailureCode.HTML_UNEXPECTED);
  }

  @Test
  void letsAPagePassWhereOneMayBeRight() {
    byte[] page = bytes("<!doctype html>");
    Source digested =
        new Source(
            "x",
            List.of(URI.create("http://a.test/x")),
            "x",
            List.of(ExpectedDigest.parse("md5=" + "0".repeat(32))),
            OptionalLong.empty(),
            new Schedule.Every(Duration.ofHours(1)),
            Map.of(),
            OptionalInt.empty(),
            false,
            false,
            OptionalLong.empty(),
            Guards.NONE,
            Optional.empty());

    assertThat(ContentPolicy.start(expected("page.HTML", Guards.NONE), "text/html", page))
        .isEmpty();
    assertThat(ContentPolicy.start(expected("a.bin", types("*/*")), "text/html", page)).isEmpty();
    assertThat(ContentPolicy.start(Expected.of(digested, OptionalLong.empty()), "text/html", page))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1||0|size: expected at least 1 byte, found 0",
        "2||0|size: expected at least 2 bytes, found 0",
        "|1|2|size: expected at most 1 byte, found 2",
        "1|2|3|size: expected 1 to 2 bytes, found 3",
      })
  void tellsTheSizeInWordsOfItsNumber(
      @Nullable Long min, @Nullable Long max, long found, String message) {
    Expected expected =
        expected(
            "a.bin",
            new Guards(List.of(), optional(min), optional(max), List.of(), OptionalInt.empty()));

    assertThat(ContentPolicy.size(expected, found).map(Rejection::message)).contains(message);
  }

  @Property(tries = 500)
  void neverThrows_whateverComes(@ForAll @Nullable String type, @ForAll byte[] start) {
    Expected expected = expected("a.bin", magic("tar"));

    ContentPolicy.head(expected, type, OptionalLong.empty());
    assertThat(ContentPolicy.start(ANYTHING, type, start))
        .isEqualTo(ContentPolicy.start(ANYTHING, type, Arrays.copyOf(start, start.length)));
    assertThat(code(ContentPolicy.start(expected, type, start)))
        .contains(FailureCode.MAGIC_UNEXPECTED);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Optional<FailureCode> code(Optional<Rejection> rejection) {
    return rejection.map(Rejection::code);
  }

  private static OptionalLong optional(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static Guards types(String... types) {
    return new Guards(
        Arrays.stream(types).map(MediaRange::parse).toList(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(),
        OptionalInt.empty());
  }

  private static Guards magic(String magic) {
    return new Guards(
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        MagicBytes.parse(magic),
        OptionalInt.empty());
  }

  private static Expected expected(String target, Guards guards) {
    return Expected.of(source(target, guards), OptionalLong.empty());
  }

  private static Source source(String target, Guards guards) {
    return new Source(
        target,
        List.of(URI.create("http://a.test/x?file=y.html")),
        target,
        List.of(),
        OptionalLong.empty(),
        new Schedule.Every(Duration.ofHours(1)),
        Map.of(),
        OptionalInt.empty(),
        false,
        false,
        OptionalLong.empty(),
        guards,
        Optional.empty());
  }
}
