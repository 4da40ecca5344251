package dev.dromedary.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** One piece of text over and over, without an end worth waiting for. */
final class RepeatedContent implements Content {

  private final byte[] unit;
  private final byte[] many;

  RepeatedContent(String unit) {
    this.unit = unit.getBytes(StandardCharsets.ISO_8859_1);
    this.many = unit.repeat(1 + 8192 / unit.length()).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public long lengthBytes() {
    return Long.MAX_VALUE / 2;
  }

  @Override
  public String version() {
    return "endless";
  }

  @Override
  public ByteBuffer slice(long position, int maxLength) {
    Objects.checkFromIndexSize(position, maxLength, lengthBytes());
    int skip = (int) (position % unit.length);
    int length = Math.min(maxLength, many.length - skip);
    return ByteBuffer.wrap(many, skip, length).slice().asReadOnlyBuffer();
  }
}
