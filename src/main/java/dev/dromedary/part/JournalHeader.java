package dev.dromedary.part;

import dev.dromedary.transfer.Validators;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a journal: format, boot and facts. Big-endian.
 *
 * <pre>
 *   0  8  magic, "DROMPART" in ASCII
 *   8  4  version, 1
 *  12  4  length of the header in bytes, CRC included
 *  16  8  created, milliseconds since 1970-01-01T00:00Z
 *  24  8  length of the whole file in bytes, -1 when unknown
 *  32  …  boot id, source id, URL fingerprint, ETag, Last-Modified, content type, resource of the
 *         validators: each a 4-byte length, -1 when absent, and that many bytes of UTF-8; the last
 *         two may be left out
 *   …  4  CRC32C of everything before
 * </pre>
 *
 * @param boot the boot in which the live slots are written
 * @param facts what the bytes of the part file belong to
 */
record JournalHeader(BootId boot, PartFacts facts) {

  static final int VERSION = 1;

  private static final long MAGIC = 0x44524F4D50415254L;
  private static final int FIXED_BYTES = 32;
  private static final int MAX_BYTES = 1 << 20;

  /** Returns the header as it stands in the file. */
  byte[] encode() {
    byte[][] texts = {
      utf8(boot.value()),
      utf8(facts.sourceId()),
      utf8(facts.urlFingerprint()),
      utf8(facts.validators().etag()),
      utf8(facts.validators().lastModified()),
      utf8(facts.contentType()),
      utf8(facts.validators().resource())
    };
    int bytes = FIXED_BYTES + Integer.BYTES;
    for (byte[] text : texts) {
      bytes += Integer.BYTES + text.length;
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "journal header of " + facts.sourceId() + ": " + bytes + " bytes, expected up to 1 MiB");
    }
    ByteBuffer out = ByteBuffer.allocate(bytes);
    out.putLong(MAGIC).putInt(VERSION).putInt(bytes);
    out.putLong(facts.created().toEpochMilli()).putLong(facts.length().orElse(-1));
    put(out, texts[0], false);
    put(out, texts[1], false);
    put(out, texts[2], false);
    put(out, texts[3], facts.validators().etag() == null);
    put(out, texts[4], facts.validators().lastModified() == null);
    put(out, texts[5], facts.contentType() == null);
    put(out, texts[6], facts.validators().resource() == null);
    out.putInt(crc(out.array(), out.position()));
    return out.array();
  }

  /** Reads a header; empty when it is torn, damaged or of another version. */
  static Optional<JournalHeader> decode(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    if (file.length < FIXED_BYTES || in.getLong() != MAGIC || in.getInt() != VERSION) {
      return Optional.empty();
    }
    int bytes = in.getInt();
    if (bytes < FIXED_BYTES + Integer.BYTES || bytes > Math.min(file.length, MAX_BYTES)) {
      return Optional.empty();
    }
    int body = bytes - Integer.BYTES;
    if (in.getInt(body) != crc(file, body)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(in.limit(body)));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JournalHeader read(ByteBuffer in) {
    Instant created = Instant.ofEpochMilli(in.getLong());
    long length = in.getLong();
    BootId boot = new BootId(required(in));
    String sourceId = required(in);
    String fingerprint = required(in);
    String etag = text(in);
    String lastModified = text(in);
    String contentType = in.hasRemaining() ? text(in) : null;
    String resource = in.hasRemaining() ? text(in) : null;
    Validators validators = new Validators(etag, lastModified, resource);
    OptionalLong known = length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    return new JournalHeader(
        boot, new PartFacts(sourceId, fingerprint, validators, contentType, known, created));
  }

  private static byte[] utf8(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ByteBuffer out, byte[] text, boolean absent) {
    out.putInt(absent ? -1 : text.length).put(text);
  }

  private static String required(ByteBuffer in) {
    String text = text(in);
    if (text == null) {
      throw new IllegalArgumentException("journal header: expected a text, found none");
    }
    return text;
  }

  private static @Nullable String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0) {
      return null;
    }
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns the CRC32C of the first bytes. */
  static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
