package dev.dromedary.demo;

import static dev.dromedary.demo.RawClient.body;
import static dev.dromedary.demo.RawClient.field;
import static dev.dromedary.demo.RawClient.statusLine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.RangeFault.BanRange;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.RangeFault.MultipartByteranges;
import dev.dromedary.demo.RangeFault.Unasked206;
import dev.dromedary.demo.RangeFault.WrongContentRange;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RangeFaultTest {

  private final ScriptedOrigin origin = ScriptedOrigin.start();

  @BeforeEach
  void put() {
    origin.put(Resource.of("/file", FixedContent.of("0123456789")));
  }

  @AfterEach
  void close() {
    origin.close();
  }

  @Test
  void rangeIsIgnored() throws IOException {
    String answer = ask(new IgnoreRange(), "Range: bytes=2-5");
    assertThat(statusLine(answer)).isEqualTo("HTTP/1.1 200 OK");
    assertThat(field(answer, "Content-Range")).isEmpty();
    assertThat(body(answer)).isEqualTo("0123456789");
  }

  @Test
  void rangeIsBannedAndTheWholeIsNot() throws IOException {
    assertThat(statusLine(ask(new BanRange(403), "Range: bytes=2-5"))).contains(" 403 ");
    String unsatisfiable = ask(new BanRange(416), "Range: bytes=2-5");
    assertThat(statusLine(unsatisfiable)).contains(" 416 ");
    assertThat(field(unsatisfiable, "Content-Range")).isEqualTo("bytes */10");
    assertThat(body(ask(new BanRange(403)))).isEqualTo("0123456789");
  }

  @Test
  void contentRangeIsWrongAndTheBytesAreNot() throws IOException {
    String answer = ask(new WrongContentRange(3, 100), "Range: bytes=2-5");
    assertThat(statusLine(answer)).contains(" 206 ");
    assertThat(field(answer, "Content-Range")).isEqualTo("bytes 5-8/110");
    assertThat(body(answer)).isEqualTo("2345");
    assertThat(statusLine(ask(new WrongContentRange(3, 100)))).contains(" 200 ");
  }

  @Test
  void rangeComesInParts() throws IOException {
    String answer = ask(new MultipartByteranges(), "Range: bytes=2-5");
    assertThat(statusLine(answer)).contains(" 206 ");
    String boundary = "--" + field(answer, "Content-Type").replaceAll(".*boundary=", "");
    assertThat(body(answer))
        .isEqualTo(
            boundary
                + "\r\nContent-Range: bytes 2-3/10\r\n\r\n23\r\n"
                + boundary
                + "\r\nContent-Range: bytes 4-5/10\r\n\r\n45\r\n"
                + boundary
                + "--\r\n");
    assertThat(field(answer, "Content-Length")).isEqualTo(Integer.toString(body(answer).length()));
    assertThat(field(answer, "Content-Range")).isEmpty();
  }

  @Test
  void partialComesUnasked() throws IOException {
    String answer = ask(new Unasked206());
    assertThat(statusLine(answer)).contains(" 206 ");
    assertThat(field(answer, "Content-Range")).isEqualTo("bytes 0-4/10");
    assertThat(body(answer)).isEqualTo("01234");
  }

  private String ask(Fault fault, String... headers) throws IOException {
    origin.script("/file", fault);
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Connection: close";
    return RawClient.ask(origin, "/file", all);
  }
}
