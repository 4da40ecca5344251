package dev.dromedary.operate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A line of the log in JSON has the fields of a line of text, each as one of its own. */
class JsonLineTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void fieldsAreFieldsOfTheirOwn_numbersAreNumbers() throws IOException {
    JsonNode line =
        line("state={} bytes={} seconds={} msg=\"part file not {}\"", "LANDED", 17L, 3.5, "cut");
    assertThat(line.path("state").textValue()).isEqualTo("LANDED");
    assertThat(line.path("bytes").longValue()).isEqualTo(17);
    assertThat(line.path("seconds").doubleValue()).isEqualTo(3.5);
    assertThat(line.path("msg").textValue()).isEqualTo("part file not cut");
    assertThat(line.path("level").textValue()).isEqualTo("INFO");
    assertThat(line.path("logger").textValue()).isEqualTo("transfers");
    assertThat(line.path("time").textValue()).startsWith("2026-11-22T");
    assertThat(line.path("transfer").textValue()).isEqualTo("t-1");
    assertThat(line.has("throwable")).isFalse();
  }

  @Test
  void textOfAnArgumentIsNoField() throws IOException {
    JsonNode line = line("code={} reason=\"{}\"", "E2500", "500 \" state=LANDED x=\"{}\n");
    assertThat(line.path("reason").textValue()).isEqualTo("500 \" state=LANDED x=\"{}\n");
    assertThat(line.has("state")).isFalse();
  }

  @Test
  void whatOthersLogIsOneField() throws IOException {
    assertThat(line("Route: {} started (a=b), why?", "x").path("msg").textValue())
        .isEqualTo("Route: x started (a=b), why?");
    String endless = "a=b ".repeat(50_000) + "?";
    assertThat(line(endless).path("msg").textValue()).isEqualTo(endless);
  }

  @Test
  void absentArgumentIsNull_andOneTooManyIsIgnored() throws IOException {
    JsonNode line = line("code={} reason=\"{}\"", "E2500", null, "more");
    assertThat(line.path("reason").isNull()).isTrue();
    assertThat(line("a={} b={}", 1).path("b").textValue()).isEqualTo("{}");
  }

  @Test
  void secretsOfUrlsAreMasked_inEveryField() throws IOException {
    JsonNode line =
        line(
            "from={} reason=\"{}\"",
            "https://u:s3cr3t@h/p?t=s3cr3t",
            "no https://h/?a=s3cr3t here");
    assertThat(line.toString()).doesNotContain("s3cr3t");
    assertThat(line.path("from").textValue()).isEqualTo("https://…h/p?…");
    assertThat(line.path("reason").textValue()).isEqualTo("no https://h/?… here");
  }

  @Test
  void slashesAreWrittenAsTheyAre() throws IOException {
    assertThat(encoded("landing=\"{}\"", null, "/srv/in/a\\/b"))
        .contains("\"landing\":\"/srv/in/a\\\\/b\"");
    assertThat(line("landing=\"{}\"", "/srv/in/a\\/b").path("landing").textValue())
        .isEqualTo("/srv/in/a\\/b");
  }

  @Test
  void stackTraceIsAFieldBesideThem() throws IOException {
    JsonNode line =
        JSON.readTree(encoded("msg=broken", new IllegalStateException("why https://h/?a=s3cr3t")));
    assertThat(line.path("msg").textValue()).isEqualTo("broken");
    assertThat(line.path("throwable").path("message").textValue()).isEqualTo("why https://h/?…");
  }

  private static JsonNode line(String message, @Nullable Object... arguments) throws IOException {
    return JSON.readTree(encoded(message, null, arguments));
  }

  private static String encoded(
      String message, @Nullable Throwable thrown, @Nullable Object... arguments) {
    LoggerContext context = new LoggerContext();
    MaskedJson encoder = new MaskedJson();
    encoder.setContext(context);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger("dev.dromedary.transfers"),
            Level.INFO,
            message,
            thrown,
            arguments);
    event.setMDCPropertyMap(Map.of("transfer", "t-1"));
    event.setTimeStamp(1_795_370_000_000L);
    String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
    assertThat(line).endsWith("}\n").hasLineCount(1);
    return line;
  }
}
