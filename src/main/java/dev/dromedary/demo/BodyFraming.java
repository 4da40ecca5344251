package dev.dromedary.demo;

import dev.dromedary.demo.Answer.Coding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Wraps the pieces of one body in chunks, right ones and wrong ones. Source: RFC 9112 §7.1. */
final class BodyFraming {

  private final Coding coding;
  private int chunks;

  BodyFraming(Coding coding) {
    this.coding = coding;
  }

  /** Returns what goes on the wire for the next bytes, which are not empty. */
  ByteBuffer[] frame(ByteBuffer bytes) {
    if (coding == Coding.IDENTITY) {
      return new ByteBuffer[] {bytes};
    }
    chunks++;
    String size = Integer.toHexString(bytes.remaining());
    return new ByteBuffer[] {ascii(size + "\r\n"), bytes, ascii("\r\n")};
  }

  /** Says whether nothing more of the body may be sent. */
  boolean isBroken() {
    return coding == Coding.CHUNKED_BAD_SIZE && chunks > 0;
  }

  /** Returns what follows the body. */
  ByteBuffer last() {
    return switch (coding) {
      case CHUNKED -> ascii("0\r\n\r\n");
      case CHUNKED_BAD_SIZE -> ascii("xyz\r\n");
      case IDENTITY, CHUNKED_CUT -> ascii("");
    };
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
