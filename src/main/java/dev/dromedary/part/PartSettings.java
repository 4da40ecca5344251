package dev.dromedary.part;

import java.time.Duration;

/**
 * How part files are written.
 *
 * @param chunkSizeBytes how much is written and journalled at once, 16 KiB to 16 MiB; at most this
 *     much per open part is lost to a kill
 * @param syncEveryBytes how much may be written without being synced, at least a chunk; at most
 *     this much, and a chunk per open part, is lost to a power cut
 * @param syncEvery how long written bytes may wait for a sync while more arrive, 10 ms to 1 h
 */
public record PartSettings(int chunkSizeBytes, long syncEveryBytes, Duration syncEvery) {

  /** Chunks of 1 MiB, synced every 64 MiB or 5 s. */
  public static final PartSettings DEFAULTS =
      new PartSettings(1 << 20, 64L << 20, Duration.ofSeconds(5));

  private static final int MIN_CHUNK_BYTES = 16 << 10;
  private static final int MAX_CHUNK_BYTES = 16 << 20;

  public PartSettings {
    if (chunkSizeBytes < MIN_CHUNK_BYTES || chunkSizeBytes > MAX_CHUNK_BYTES) {
      throw new IllegalArgumentException(
          "chunkSizeBytes " + chunkSizeBytes + ": expected 16 KiB to 16 MiB");
    }
    if (syncEveryBytes < chunkSizeBytes) {
      throw new IllegalArgumentException(
          "syncEveryBytes " + syncEveryBytes + ": expected at least a chunk, " + chunkSizeBytes);
    }
    if (syncEvery.compareTo(Duration.ofMillis(10)) < 0
        || syncEvery.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("syncEvery " + syncEvery + ": expected 10 ms to 1 h");
    }
  }
}
