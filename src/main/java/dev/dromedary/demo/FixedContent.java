package dev.dromedary.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;

/** Bytes written down, such as a sidecar file or the page of an error. */
public final class FixedContent implements Content {

  private final byte[] bytes;

  /** Creates content from a copy of the bytes. */
  public FixedContent(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** Creates content from text in UTF-8. */
  public static FixedContent of(String text) {
    return new FixedContent(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long lengthBytes() {
    return bytes.length;
  }

  @Override
  public String version() {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return Long.toHexString(crc.getValue()) + "-" + Integer.toHexString(bytes.length);
  }

  @Override
  public ByteBuffer slice(long position, int maxLength) {
    Objects.checkFromIndexSize(position, maxLength, lengthBytes());
    return ByteBuffer.wrap(bytes, (int) position, maxLength).slice().asReadOnlyBuffer();
  }
}
