package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.StreamClosedException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chunked body is read to the letter, or not at all (I1). */
class ChunkedBodyTest {

  private static final String FIVE = "5\r\nhello\r\n";
  private static final String END = "0\r\n\r\n";

  private final AtomicInteger givenUp = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(
      strings = {
        FIVE + END,
        "2\r\nhe\r\n3\r\nllo\r\n" + END,
        "00005\r\nhello\r\n" + END,
        "5 \t\r\nhello\r\n" + END,
        "5;name=value;other=\"; 7\"\r\nhello\r\n" + END,
        "5 ; name\r\nhello\r\n0;last\r\n\r\n",
        FIVE + "000\r\n\r\n",
        FIVE + "0\r\nETag: \"x\"\r\nX-Empty:\r\n\r\n",
        FIVE + "0\r\nETag: \"x\"\r\n",
        FIVE + "0\r\n",
      })
  void readsWhatIsFramedWell(String wire) throws Exception {
    assertThat(text(wire)).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6\r\nhello\r\n" + END,
        "6\r\nhello\r\n\r\n" + END,
        "4\r\nhello\r\n" + END,
        "7\r\nhello\r\n" + END,
        "5\nhello\r\n" + END,
        "5\r\nhello\n" + END,
        "5\r\nhello\r\n0\n\r\n",
        "5\r\nhello\r\n0\r\n\n",
        "5\r\nhello\r\n0\r\nA: b\n\r\n",
        "5\rhello\r\n" + END,
        "5\r\nhello\r" + END,
        "5\r\nhello" + END,
        "5\r\r\nhello\r\n" + END,
        "+5\r\nhello\r\n" + END,
        "-5\r\nhello\r\n" + END,
        " 5\r\nhello\r\n" + END,
        "5 5\r\nhello\r\n" + END,
        "0x5\r\nhello\r\n" + END,
        "5,\r\nhello\r\n" + END,
        "\r\nhello\r\n" + END,
        ";x\r\nhello\r\n" + END,
        "five\r\nhello\r\n" + END,
        "\u00b25\r\nhello\r\n" + END,
        "8000000000000000\r\nhello\r\n" + END,
        "10000000000000005\r\nhello\r\n" + END,
        "0\r\nhello\r\n" + END,
        FIVE + "0\r\n: no name\r\n\r\n",
        FIVE + "0\r\nno colon\r\n\r\n",
        FIVE + "0\r\n folded: x\r\n\r\n",
      })
  void refusesWhatIsNot(String wire) {
    assertThatThrownBy(() -> text(wire)).isInstanceOf(MalformedChunkCodingException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5\r",
        "5;x",
        "5\r\nhello",
        "5\r\nhello\r",
        FIVE,
        FIVE + "0",
        FIVE + "0\r",
        FIVE + "0\r\nETag",
        FIVE + "0\r\n\r",
      })
  void tellsAnEndBeforeTheLastChunk(String wire) {
    assertThatThrownBy(() -> text(wire)).isInstanceOf(ConnectionClosedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\r\n", "5\r\nhell", "7fffffffffffffff\r\nhello"})
  void tellsAnEndWithinAChunk(String wire) {
    assertThatThrownBy(() -> text(wire)).isInstanceOf(TruncatedChunkException.class);
  }

  @Test
  void givesUpAnExtensionWithoutAnEnd() {
    Endless endless = new Endless("5;x=", "aaaaaaaaaaaaaaaa");

    assertThatThrownBy(() -> body(endless).readAllBytes())
        .isInstanceOf(MalformedChunkCodingException.class)
        .hasMessageContaining("beyond all length");
    assertThat(endless.givenBytes).isLessThan(32 * 1024);
  }

  @Test
  void givesUpTrailersWithoutAnEnd() {
    Endless endless = new Endless(FIVE + "0\r\n", "X-Trailer: 0123456789abcdef\r\n");

    assertThatThrownBy(() -> body(endless).readAllBytes())
        .isInstanceOf(MalformedChunkCodingException.class)
        .hasMessageContaining("trailer fields");
    assertThat(endless.givenBytes).isLessThan(64 * 1024);
  }

  @Test
  void readsStraightIntoTheCallersArray_whenMuchIsWanted() throws Exception {
    int chunk = 1 << 20;
    Endless large = new Endless(Integer.toHexString(chunk) + "\r\n", "x".repeat(chunk));
    ChunkedBody body = body(large);
    byte[] into = new byte[chunk];
    int first = body.read(into, 0, into.length);

    body.read(into, first, into.length - first);

    assertThat(large.wanted).last().isEqualTo(chunk - first);
  }

  @Test
  void readsNothingMoreAndGivesUpTheConnection_whenClosedBeforeTheEnd() throws Exception {
    ByteArrayInputStream wire = wire("5\r\nhello\r\n" + "5\r\nhello\r\n".repeat(10_000) + END);
    ChunkedBody body = body(wire);
    body.readNBytes(2);
    int before = wire.available();

    body.close();
    body.close();

    assertThat(wire.available()).isEqualTo(before);
    assertThat(givenUp).hasValue(1);
    assertThatThrownBy(body::read).isInstanceOf(StreamClosedException.class);
  }

  @Test
  void keepsTheConnection_whenClosedAtTheEnd() throws Exception {
    ChunkedBody body = body(wire(FIVE + END));
    body.readAllBytes();

    body.close();

    assertThat(givenUp).hasValue(0);
  }

  @Test
  void leavesWhatFollowsTheBody() throws Exception {
    ByteArrayInputStream wire = wire(FIVE + END + "HTTP/1.1 200 OK");
    SessionInputBufferImpl buffer = new SessionInputBufferImpl(16);
    new ChunkedBody(new BodyBytes(buffer, wire, null, null), givenUp::incrementAndGet)
        .readAllBytes();

    assertThat(buffer.length() + wire.available()).isEqualTo("HTTP/1.1 200 OK".length());
  }

  @Test
  void staysBroken_whenReadAgainBehindAnError() {
    ChunkedBody body = body(wire("x\r\n" + FIVE + END));
    assertThatThrownBy(body::readAllBytes).isInstanceOf(MalformedChunkCodingException.class);

    assertThatThrownBy(body::readAllBytes).isInstanceOf(MalformedChunkCodingException.class);
  }

  private String text(String wire) throws IOException {
    return new String(body(wire(wire)).readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private ChunkedBody body(InputStream wire) {
    return new ChunkedBody(
        new BodyBytes(new SessionInputBufferImpl(8192), wire, null, null),
        givenUp::incrementAndGet);
  }

  private static ByteArrayInputStream wire(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A connection that sends a beginning and then the same for ever. */
  private static final class Endless extends InputStream {
    private final byte[] begin;
    private final byte[] again;
    private final List<Integer> wanted = new ArrayList<>();
    private long givenBytes;

    Endless(String begin, String again) {
      this.begin = begin.getBytes(StandardCharsets.ISO_8859_1);
      this.again = again.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int read() {
      long at = givenBytes++;
      return at < begin.length
          ? begin[(int) at]
          : again[(int) ((at - begin.length) % again.length)];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      wanted.add(length);
      for (int i = 0; i < length; i++) {
        into[offset + i] = (byte) read();
      }
      return length;
    }
  }
}
