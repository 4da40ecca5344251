package dev.dromedary.origin;

import java.io.IOException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.TruncatedChunkException;

/**
 * The bytes within a chunked body, whose framing is read to the letter: a size is digits and
 * nothing else, each line ends with CR LF, and so do the bytes of a chunk. The client's own reader
 * takes a bare LF there, so that a chunk told one too large swallows the CR and is believed.
 *
 * <p>Extensions and trailer fields are bounded and ignored; the end of the connection behind the
 * last chunk is an end, as RFC 9112 §8 has it.
 *
 * <p>One reader. Source: RFC 9112 §7.1.
 */
final class ChunkedBody extends DirectBody {

  private static final int MOST_LINE_BYTES = 4 * 1024;
  private static final int MOST_TRAILER_BYTES = 32 * 1024;
  private static final long MOST_BEFORE_DIGIT = Long.MAX_VALUE >> 4;
  private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

  private final byte[] line = new byte[MOST_LINE_BYTES];
  private State state = State.BEFORE_SIZE;
  private long sizeBytes;

  /** Reads from where the first chunk begins. */
  ChunkedBody(BodyBytes connection, Runnable giveUp) {
    super(connection, giveUp);
  }

  @Override
  boolean hasMore() throws IOException {
    return state == State.IN_CHUNK || nextChunk();
  }

  @Override
  boolean isAtItsEnd() {
    return state == State.ENDED;
  }

  @Override
  int counted(int count) throws IOException {
    if (count < 0) {
      state = State.BROKEN;
      throw new TruncatedChunkException(
          "Truncated chunk (expected size: %d; actual size: %d)", sizeBytes, sizeBytes - leftBytes);
    }
    leftBytes -= count;
    if (leftBytes == 0) {
      state = State.BEHIND_CHUNK;
    }
    return count;
  }

  /** Returns false behind the last chunk. */
  private boolean nextChunk() throws IOException {
    State before = state;
    if (before == State.ENDED) {
      return false;
    }
    state = State.BROKEN;
    if (before == State.BROKEN) {
      throw malformed("read on behind an error");
    }
    if (before == State.BEHIND_CHUNK && line() != 0) {
      throw malformed("bytes between a chunk and its CRLF");
    }
    sizeBytes = size(line());
    leftBytes = sizeBytes;
    if (sizeBytes == 0) {
      skipTrailers();
      state = State.ENDED;
      return false;
    }
    state = State.IN_CHUNK;
    return true;
  }

  /** Blanks behind the digits are let pass: some servers pad the size with them. */
  private long size(int length) throws IOException {
    long size = 0;
    int at = 0;
    while (at < length && Character.digit(line[at], 16) >= 0) {
      if (size > MOST_BEFORE_DIGIT) {
        throw malformed("a chunk size beyond all numbers");
      }
      size = size << 4 | Character.digit(line[at++], 16);
    }
    boolean hasDigits = at > 0;
    while (at < length && (line[at] == ' ' || line[at] == '\t')) {
      at++;
    }
    if (!hasDigits || (at < length && line[at] != ';')) {
      throw malformed("expected a chunk size in hexadecimal digits");
    }
    return size;
  }

  private void skipTrailers() throws IOException {
    int left = MOST_TRAILER_BYTES;
    for (int length = lineOrEnd(); length > 0; length = lineOrEnd()) {
      left -= length;
      if (left < 0) {
        throw malformed("more than " + MOST_TRAILER_BYTES + " bytes of trailer fields");
      }
      requireField(length);
    }
  }

  /** What is no field is likely a chunk, behind one whose size was told as 0. */
  private void requireField(int length) throws IOException {
    int at = 0;
    while (at < length && isInName(line[at])) {
      at++;
    }
    if (at == 0 || at == length || line[at] != ':') {
      throw malformed("expected a trailer field behind the last chunk");
    }
  }

  private static boolean isInName(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || NAME_MARKS.indexOf(c) >= 0;
  }

  private int line() throws IOException {
    int length = lineOrEnd();
    if (length < 0) {
      throw new ConnectionClosedException("closed before the last chunk");
    }
    return length;
  }

  /** Reads a line and returns its length without CR LF; -1 when the connection ended before it. */
  private int lineOrEnd() throws IOException {
    int length = 0;
    int next = connection.read();
    if (next < 0) {
      return -1;
    }
    while (next != '\r') {
      if (next < 0) {
        throw new ConnectionClosedException("closed within the framing of chunks");
      }
      if (next == '\n' || length == MOST_LINE_BYTES) {
        throw malformed(next == '\n' ? "LF without CR" : "a line beyond all length");
      }
      line[length++] = (byte) next;
      next = connection.read();
    }
    int end = connection.read();
    if (end < 0) {
      throw new ConnectionClosedException("closed within the framing of chunks");
    }
    if (end != '\n') {
      throw malformed("CR without LF");
    }
    return length;
  }

  private static IOException malformed(String why) {
    return new MalformedChunkCodingException("chunked body: " + why);
  }

  private enum State {
    BEFORE_SIZE,
    IN_CHUNK,
    BEHIND_CHUNK,
    ENDED,
    BROKEN
  }
}
