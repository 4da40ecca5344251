package dev.dromedary.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The pseudo-random bytes generated content is cut from: {@link #LENGTH} bytes, stored twice in a
 * row, so that as many can be read from any start without wrapping. Off the heap, so that a socket
 * takes them without a copy. Immutable; each block is made once, when it is first asked for.
 */
final class ContentBlock {

  /** How many bytes come before it repeats: a prime, so that no power of two is a period. */
  static final int LENGTH = 1_048_573;

  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private final ByteBuffer bytes;
  private final boolean lines;

  private ContentBlock(ByteBuffer once, boolean lines) {
    ByteBuffer twice = ByteBuffer.allocateDirect(2 * LENGTH);
    twice.put(once.duplicate()).put(once.duplicate());
    this.bytes = twice.asReadOnlyBuffer();
    this.lines = lines;
  }

  /** Returns the block of every byte value, incompressible. */
  static ContentBlock binary() {
    return Binary.BLOCK;
  }

  /** Returns the block of comma-separated lines. */
  static ContentBlock csv() {
    return Csv.BLOCK;
  }

  /** Returns {@code length} bytes from {@code start + skip} on, both below {@link #LENGTH}. */
  ByteBuffer slice(int start, int skip, int length) {
    return bytes.slice((lines ? startOfLine(start) : start) + skip, length);
  }

  private int startOfLine(int wanted) {
    int start = wanted;
    while (start > 0 && bytes.get(start - 1) != '\n') {
      start--;
    }
    return start;
  }

  /** Scatters the bits of a number: equal results only from equal numbers. */
  static long mix(long number) {
    long a = (number ^ number >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    long b = (a ^ a >>> 27) * 0x94d0_49bb_1331_11ebL;
    return b ^ b >>> 31;
  }

  private static final class Binary {
    static final ContentBlock BLOCK = generate();

    private static ContentBlock generate() {
      ByteBuffer once = ByteBuffer.allocate(LENGTH + Long.BYTES);
      for (long i = 1; once.position() < LENGTH; i++) {
        once.putLong(mix(i * GOLDEN));
      }
      return new ContentBlock(once.flip().limit(LENGTH), false);
    }
  }

  private static final class Csv {
    static final ContentBlock BLOCK = generate();

    private static ContentBlock generate() {
      StringBuilder text = new StringBuilder(LENGTH + 80);
      for (long i = 1; text.length() < LENGTH; i++) {
        long random = mix(i * GOLDEN);
        text.append(1_000_000 + (random & 0xf_ffff))
            .append(",2026-11-")
            .append(10 + (random >>> 20 & 15))
            .append(",WH-")
            .append(10 + (random >>> 24 & 63))
            .append(',')
            .append(Long.toHexString(mix(random)))
            .append(',')
            .append(random >>> 30 & 0xfff)
            .append(".50\n");
      }
      text.setCharAt(LENGTH - 1, '\n');
      byte[] bytes = text.substring(0, LENGTH).getBytes(StandardCharsets.US_ASCII);
      return new ContentBlock(ByteBuffer.wrap(bytes), true);
    }
  }
}
