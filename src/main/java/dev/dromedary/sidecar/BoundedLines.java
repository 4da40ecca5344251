package dev.dromedary.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text of unknown origin, one at a time, in two buffers of fixed size. What is no
 * text, or longer than anything honest, ends it with a {@link #refusal()}. Not thread-safe.
 */
final class BoundedLines {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream text;
  private final byte[] chunk = new byte[8 * 1024];
  private final byte[] line = new byte[SidecarReader.LONGEST_LINE_BYTES];
  private int chunkLength;
  private int chunkPosition;
  private long readBytes;
  private boolean isFirst = true;
  private boolean wasCarriageReturn;
  private boolean isOpen;
  private @Nullable String refusal;

  BoundedLines(InputStream text) {
    this.text = text;
  }

  /** Returns the next line without its end (LF, CR LF or CR); null after the last or a refusal. */
  @Nullable String next() throws IOException {
    int length = 0;
    for (int c = read(); c >= 0; c = read()) {
      boolean isRestOfEnd = wasCarriageReturn && c == '\n';
      wasCarriageReturn = c == '\r';
      if (isRestOfEnd) {
        continue;
      }
      if (c == '\n' || c == '\r') {
        return lineOf(length);
      }
      if ((c < ' ' && c != '\t' && c != '\f') || c == 0x7f) {
        return refuse("expected lines of text, found binary data or text in UTF-16");
      }
      if (length == line.length) {
        return refuse("expected lines of at most " + line.length + " bytes, found a longer one");
      }
      line[length++] = (byte) c;
    }
    if (length == 0 || refusal != null) {
      return null;
    }
    isOpen = true;
    return lineOf(length);
  }

  /** Says whether the line returned last has no end, but that of the text. */
  boolean isOpen() {
    return isOpen;
  }

  /** Returns why it ended before its end; null when it did not. */
  @Nullable String refusal() {
    return refusal;
  }

  private String lineOf(int length) {
    boolean isMarked =
        isFirst
            && length >= BYTE_ORDER_MARK.length
            && line[0] == BYTE_ORDER_MARK[0]
            && line[1] == BYTE_ORDER_MARK[1]
            && line[2] == BYTE_ORDER_MARK[2];
    isFirst = false;
    int from = isMarked ? BYTE_ORDER_MARK.length : 0;
    return new String(line, from, length - from, StandardCharsets.UTF_8);
  }

  private int read() throws IOException {
    if (refusal != null) {
      return -1;
    }
    if (chunkPosition == chunkLength) {
      chunkPosition = 0;
      chunkLength = Math.max(0, text.read(chunk, 0, chunk.length));
      readBytes += chunkLength;
      if (readBytes > SidecarReader.MOST_BYTES) {
        refuse("expected at most " + SidecarReader.MOST_BYTES + " bytes, found more");
        return -1;
      }
    }
    return chunkLength == 0 ? -1 : chunk[chunkPosition++] & 0xff;
  }

  private @Nullable String refuse(String why) {
    refusal = why;
    return null;
  }
}
