package dev.dromedary.app;

import dev.dromedary.part.ChunkMemory;
import dev.dromedary.part.ChunkShare;
import dev.dromedary.part.DirectMemory;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.Problem;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Compares the memory outside the heap that chunks of the configured size would take with what the
 * JVM grants. Where whole chunks do not fit, smaller ones are used, which is only told; where not
 * even the smallest fit for every transfer, some could never succeed, and a start is refused.
 *
 * @param chunkBytes a whole chunk
 * @param transfers how many run at the same time
 * @param thereIs what is granted to chunks, journals and sockets together
 */
record MemoryNeed(int chunkBytes, int transfers, LongSupplier thereIs) {

  private static final long MIB = 1 << 20;

  static MemoryNeed of(Settings settings) {
    return new MemoryNeed(
        settings.part().chunkSizeBytes(),
        settings.transfer().concurrency(),
        DirectMemory::mostBytes);
  }

  /** Returns why the transfers cannot run at the same time; empty when they can. */
  Optional<Problem> refusal(RunRequest request) {
    long least = ChunkShare.leastBytes(chunkBytes, transfers);
    if (DirectMemory.surelyGrants(least) || least <= thereIs.getAsLong()) {
      return Optional.empty();
    }
    long fitting = Math.max(1, thereIs.getAsLong() * transfers / least);
    return Optional.of(
        SettingPlaces.problem(
            request,
            SettingKey.TRANSFER_CONCURRENCY,
            SettingKey.TRANSFER_CONCURRENCY.key()
                + " '"
                + transfers
                + "': expected at least "
                + ByteSize.format(least)
                + " of memory outside the heap, found "
                + ByteSize.format(thereIs.getAsLong())
                + ": lower it to "
                + fitting
                + more(least)));
  }

  /** Returns that chunks will be smaller than configured; empty when they need not. */
  Optional<Problem> warning(RunRequest request) {
    long wanted = ChunkShare.wantedBytes(chunkBytes, transfers);
    if (DirectMemory.surelyGrants(wanted) || wanted <= ChunkMemory.ofAll(thereIs.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(
        SettingPlaces.problem(
            request,
            SettingKey.PART_CHUNK_SIZE,
            SettingKey.PART_CHUNK_SIZE.key()
                + " '"
                + ByteSize.format(chunkBytes)
                + "': expected up to "
                + ByteSize.format(wanted)
                + " of memory outside the heap for chunks of that size, found "
                + ByteSize.format(ChunkMemory.ofAll(thereIs.getAsLong()))
                + " of "
                + ByteSize.format(thereIs.getAsLong())
                + " for them, so that they will be smaller: lower it"
                + more(ChunkMemory.allFor(wanted))));
  }

  private static String more(long bytes) {
    return ", or give the JVM more: JAVA_OPTS=-XX:MaxDirectMemorySize="
        + (bytes + MIB - 1) / MIB
        + "m";
  }
}
