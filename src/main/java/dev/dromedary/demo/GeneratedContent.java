package dev.dromedary.demo;

import dev.dromedary.transfer.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bytes computed from a seed and a position, of any length and without memory for them.
 *
 * <p>They are a row of segments of a prime length, each the same pseudo-random ring read from a
 * start of its own that follows from seed and segment number. So they are served straight from
 * memory, other seeds give other bytes, and a chunk that landed at a wrong offset shows (two
 * segments look alike once in a million). Thread-safe.
 */
public final class GeneratedContent implements Content {

  private final long seed;
  private final long lengthBytes;
  private final boolean csv;
  private final Map<DigestAlgorithm, byte[]> digests = new ConcurrentHashMap<>();

  /** Creates incompressible binary content of 0 or more bytes. */
  public GeneratedContent(long seed, long lengthBytes) {
    this(seed, lengthBytes, false);
  }

  private GeneratedContent(long seed, long lengthBytes, boolean csv) {
    if (lengthBytes < 0) {
      throw new IllegalArgumentException("lengthBytes " + lengthBytes + ": expected 0 or more");
    }
    this.seed = seed;
    this.lengthBytes = lengthBytes;
    this.csv = csv;
  }

  /**
   * Creates content of comma-separated lines, cut off at {@code lengthBytes}; two of its segments
   * look alike once in twenty thousand.
   */
  public static GeneratedContent csv(long seed, long lengthBytes) {
    return new GeneratedContent(seed, lengthBytes, true);
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public String version() {
    String kind = csv ? "csv-" : "";
    return kind + Long.toHexString(ContentBlock.mix(seed)) + "-" + Long.toHexString(lengthBytes);
  }

  @Override
  public ByteBuffer slice(long position, int maxLength) {
    Objects.checkFromIndexSize(position, maxLength, lengthBytes);
    long segment = position / ContentBlock.LENGTH;
    int skip = (int) (position % ContentBlock.LENGTH);
    long drawn = ContentBlock.mix(ContentBlock.mix(seed) + segment);
    int start = (int) Math.floorMod(drawn, (long) ContentBlock.LENGTH);
    ContentBlock block = csv ? ContentBlock.csv() : ContentBlock.binary();
    return block.slice(start, skip, Math.min(maxLength, ContentBlock.LENGTH - skip));
  }

  /** Computes the digest at the first call and remembers it. */
  @Override
  public byte[] digest(DigestAlgorithm algorithm) {
    return digests.computeIfAbsent(algorithm, Content.super::digest).clone();
  }
}
