package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.digest.TrailingDigest;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DromedaryException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A digest has from memory what is written where it stands, and reads the rest. */
class PartFileFollowTest {

  private static final int CHUNK = 64 << 10;
  private static final int MOST = 2 * CHUNK;
  private static final Set<DigestAlgorithm> SHA_256 = Set.of(DigestAlgorithm.SHA_256);

  @TempDir private Path staging = Path.of("replaced");

  @Property(tries = 40)
  void digestIsRight_whileTwoWriteOfWhichOneIsAtTheFrontier(
      @ForAll @IntRange(min = 1, max = 40 * CHUNK) int middle,
      @ForAll @IntRange(max = 40 * CHUNK) int rest,
      @ForAll long seed)
      throws Exception {
    try (PartFile file = Staged.open(new SimulatedDisk(), Staged.BOOT)) {
      file.begin(Staged.facts(1));
      requireRight(file, middle, middle + rest, MOST, new Random(seed));
    }
  }

  @Test
  @Timeout(60)
  void digestIsRight_onARealDisk() throws Exception {
    try (PartFile file =
        PartFile.open(
            new PartPaths(staging),
            Staged.ID,
            new DiskStorage(DirectWriting.ALWAYS),
            PartSettings.DEFAULTS,
            Staged.BOOT,
            Staged.CLOCK)) {
      file.begin(Staged.facts(1));
      requireRight(file, 9_000_001, 16_000_000, 1 << 20, new Random(3));
      assertThat(file.seal(16_000_000)).hasBinaryContent(Staged.bytes(1, 0, 16_000_000));
    }
  }

  @Test
  @Timeout(60)
  void readsOnlyWhatCameInSmallChunks_whenOneConnectionWrites() throws Exception {
    int small = CHUNK / 8;
    int size = small + 20 * CHUNK;
    try (PartFile file = Staged.open(new SimulatedDisk(), Staged.BOOT)) {
      file.begin(Staged.facts(1));
      List<Long> reads = new CopyOnWriteArrayList<>();
      TrailingDigest digest =
          new TrailingDigest(
              file::awaitFrontier,
              (into, offset) -> {
                reads.add(offset);
                return file.readAt(into, offset);
              },
              SHA_256,
              64);
      digest.start();
      file.follow(follower(digest));
      AtomicInteger given = new AtomicInteger();
      try (PartWriter writer = file.openPart(0)) {
        writer.write(ByteBuffer.wrap(Staged.bytes(1, 0, small)));
        for (int at = small; at < size; at += CHUNK) {
          writer.writeAndHandOver(
              ByteBuffer.wrap(Staged.bytes(1, at, CHUNK)), given::incrementAndGet);
        }
      }
      requireSha256(digest, size);
      assertThat(reads).isNotEmpty().allMatch(offset -> offset < small);
      assertThat(given).hasValue(size / CHUNK);
    }
  }

  @Test
  @Timeout(60)
  void digestGoesOnByReading_whenADiskFailsWhatItExpected() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    try (PartFile file = Staged.open(disk, Staged.BOOT)) {
      file.begin(Staged.facts(1));
      TrailingDigest digest = new TrailingDigest(file::awaitFrontier, file::readAt, SHA_256, CHUNK);
      file.follow(follower(digest));
      digest.start();
      AtomicInteger given = new AtomicInteger();
      try (PartWriter writer = file.openPart(0)) {
        disk.limitFilesTo(CHUNK / 2);
        ByteBuffer bytes = ByteBuffer.wrap(Staged.bytes(1, 0, CHUNK));
        assertThatThrownBy(() -> writer.writeAndHandOver(bytes, given::incrementAndGet))
            .isInstanceOf(DromedaryException.class);
        assertThat(given).hasValue(0);
        disk.limitFilesTo(Long.MAX_VALUE);
        writer.write(ByteBuffer.wrap(Staged.bytes(1, 0, CHUNK)));
      }
      requireSha256(digest, CHUNK);
    }
  }

  @Test
  @Timeout(60)
  void writersGoOn_whenTheDigestIsCancelledUnderThem() throws Exception {
    try (PartFile file = Staged.open(new SimulatedDisk(), Staged.BOOT)) {
      file.begin(Staged.facts(1));
      TrailingDigest first = new TrailingDigest(file::awaitFrontier, file::readAt, SHA_256, CHUNK);
      file.follow(follower(first));
      first.start();
      AtomicInteger given = new AtomicInteger();
      PartWriter writer = file.openPart(0);
      FutureTask<Void> writing =
          writing(writer, 100 * CHUNK, MOST, new Random(1), given, new ArrayList<>());
      new Thread(writing).start();
      file.awaitFrontier(10 * CHUNK);
      first.cancel();
      file.follow(null);
      TrailingDigest second = new TrailingDigest(file::awaitFrontier, file::readAt, SHA_256, CHUNK);
      file.follow(follower(second));
      second.start();
      writing.get();
      requireSha256(second, 100 * CHUNK);
    }
  }

  /** Writes two parts at the same time, of which the first ends where the other begins. */
  private static void requireRight(PartFile file, int middle, int size, int most, Random random)
      throws Exception {
    TrailingDigest digest = new TrailingDigest(file::awaitFrontier, file::readAt, SHA_256, 1_000);
    file.follow(follower(digest));
    digest.start();
    AtomicInteger given = new AtomicInteger();
    List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
    PartWriter low = file.openPart(0);
    PartWriter high = file.openPart(middle);
    FutureTask<Void> beside =
        writing(high, size, most, new Random(random.nextLong()), given, begun);
    new Thread(beside).start();
    FutureTask<Void> here = writing(low, middle, most, random, given, begun);
    here.run();
    here.get();
    beside.get();
    requireSha256(digest, size);
    assertThat(given).hasValue(begun.size());
  }

  private static FutureTask<Void> writing(
      PartWriter writer,
      long end,
      int most,
      Random random,
      AtomicInteger given,
      List<Integer> begun) {
    return new FutureTask<>(
        () -> {
          try (writer) {
            for (long at = writer.position(); at < end; ) {
              int length = (int) Math.min(end - at, 1 + random.nextInt(most));
              ByteBuffer bytes = memory(at, length, random);
              if (random.nextInt(4) == 0) {
                writer.write(bytes);
              } else {
                begun.add(length);
                writer.writeAndHandOver(bytes, given::incrementAndGet);
              }
              at += length;
            }
          }
          return null;
        });
  }

  private static ByteBuffer memory(long at, int length, Random random) {
    byte[] bytes = Staged.bytes(1, at, length);
    if (random.nextInt(4) == 0) {
      return ByteBuffer.wrap(bytes);
    }
    int begin = (int) (at % ChunkMemory.ALIGNMENT);
    ByteBuffer memory = new ChunkMemory().take(begin + length).position(begin);
    memory.duplicate().put(bytes);
    return memory;
  }

  private static void requireSha256(TrailingDigest digest, int size) throws Exception {
    assertThat(digest.finish(size).get(DigestAlgorithm.SHA_256))
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Staged.bytes(1, 0, size)));
  }

  private static PartFollower follower(TrailingDigest digest) {
    return new PartFollower() {
      @Override
      public boolean expects(long offset) {
        return digest.expects(offset);
      }

      @Override
      public void take(ByteBuffer bytes, Runnable done) {
        digest.take(bytes, done);
      }

      @Override
      public void withdraw() {
        digest.withdraw();
      }
    };
  }
}
