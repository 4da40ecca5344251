package dev.dromedary.part;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.Validators;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What the tests of this package share: one source, its versions and their bytes. */
final class Staged {

  static final String ID = "source-1";
  static final PartPaths PATHS = new PartPaths(Path.of("staging"));
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  static final LongSupplier CLOCK = () -> 0;
  static final BootId BOOT = new BootId("boot-1");
  static final BootId NEXT_BOOT = new BootId("boot-2");

  /** Chunks of 16 KiB; no sync of its own accord. */
  static final PartSettings SETTINGS = new PartSettings(16 << 10, 1L << 40, Duration.ofHours(1));

  private Staged() {}

  static PartFacts facts(int version) {
    return new PartFacts(
        ID, "urls", new Validators("\"v" + version + "\"", null), null, OptionalLong.empty(), NOW);
  }

  static PartFile open(Storage storage, BootId boot) {
    return open(storage, boot, SETTINGS);
  }

  static PartFile open(Storage storage, BootId boot, PartSettings settings) {
    return PartFile.open(PATHS, ID, storage, settings, boot, CLOCK, Runnable::run);
  }

  /** Returns bytes of a version, none of them zero and each telling its offset and version. */
  static byte[] bytes(int version, long from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = byteAt(version, from + i);
    }
    return bytes;
  }

  static byte byteAt(int version, long offset) {
    return (byte) (1 + (offset * 31 + (offset >>> 8) * 7 + version * 101L) % 255);
  }

  static void write(PartWriter writer, int version, int length) {
    writer.write(ByteBuffer.wrap(bytes(version, writer.position(), length)));
  }

  /** Returns the first claimed offset whose byte is not the version's, -1 when all are. */
  static long firstWrong(byte[] content, int version, ByteRanges claimed) {
    for (ByteRange range : claimed.ranges()) {
      for (long at = range.start(); at < range.end(); at++) {
        if (at >= content.length || content[(int) at] != byteAt(version, at)) {
          return at;
        }
      }
    }
    return -1;
  }
}
