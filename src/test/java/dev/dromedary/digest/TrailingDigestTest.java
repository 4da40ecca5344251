package dev.dromedary.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TrailingDigestTest {

  private static final Set<DigestAlgorithm> SHA_256 = Set.of(DigestAlgorithm.SHA_256);

  @Property(tries = 60)
  void equalsTheDigestOfTheBytes_forAnyChunksAndAnyGrowth(
      @ForAll @IntRange(max = 5_000) int size,
      @ForAll @IntRange(min = 1, max = 700) int chunk,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    GrowingFile file = new GrowingFile(random, size);
    file.grow(random.nextInt(size + 1));
    TrailingDigest digest =
        new TrailingDigest(file, file, EnumSet.allOf(DigestAlgorithm.class), chunk);
    digest.start();
    while (file.length() < size) {
      file.grow(Math.min(size, file.length() + 1 + random.nextInt(900)));
    }
    requireRight(digest.finish(size), file.content);
  }

  @Test
  @Timeout(20)
  void digestsOnlyTheLength_whenTheFrontierIsBeyond() throws Exception {
    GrowingFile file = new GrowingFile(new Random(1), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    file.grow(300);
    digest.start();
    awaitPosition(digest, 300);
    assertThat(digest.finish(300).get(DigestAlgorithm.SHA_256))
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(file.content, 300)));
  }

  @Test
  @Timeout(20)
  void waitsForTheRest_whenFinishIsAskedEarly() throws Exception {
    GrowingFile file = new GrowingFile(new Random(2), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    digest.start();
    file.grow(400);
    awaitPosition(digest, 400);
    Thread late = new Thread(() -> file.grow(1_000));
    late.start();
    requireRight(digest.finish(1_000), file.content);
    late.join();
  }

  @Test
  @Timeout(20)
  void fails_whenNoMoreBytesCome() {
    GrowingFile file = new GrowingFile(new Random(3), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    file.grow(400);
    file.end();
    digest.start();
    assertThatThrownBy(() -> digest.finish(1_000))
        .isInstanceOf(DromedaryException.class)
        .hasMessageContaining("400")
        .hasMessageContaining("1000");
  }

  @Test
  @Timeout(20)
  void fails_whenMoreWasDigestedThanTheFileHas() throws Exception {
    GrowingFile file = new GrowingFile(new Random(3), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    file.grow(1_000);
    digest.start();
    awaitPosition(digest, 1_000);
    requireCode(digest, 900, FailureCode.PART_FILE_DAMAGED);
  }

  @Test
  @Timeout(20)
  void fails_whenTheFileCannotBeRead() {
    Bytes broken =
        (into, offset) -> {
          throw new IOException("Input/output error");
        };
    TrailingDigest digest = new TrailingDigest(offset -> 100, broken, SHA_256, 64);
    digest.start();
    requireCode(digest, 100, FailureCode.STAGING_FAILED);
  }

  @Test
  @Timeout(20)
  void fails_whenTheFileIsShorterThanItsFrontier() {
    TrailingDigest digest = new TrailingDigest(offset -> 100, (into, at) -> -1, SHA_256, 64);
    digest.start();
    requireCode(digest, 100, FailureCode.PART_FILE_DAMAGED);
  }

  @Test
  @Timeout(20)
  void ends_whenItIsCancelledWhileItWaits() throws Exception {
    GrowingFile file = new GrowingFile(new Random(4), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    file.grow(10);
    digest.start();
    awaitPosition(digest, 10);
    digest.cancel();
    requireCode(digest, 1_000, FailureCode.STAGING_FAILED);
  }

  private static void requireCode(TrailingDigest digest, long length, FailureCode code) {
    assertThatThrownBy(() -> digest.finish(length))
        .isInstanceOfSatisfying(
            DromedaryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void awaitPosition(TrailingDigest digest, long position) {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> digest.position() == position);
  }

  private static void requireRight(Map<DigestAlgorithm, byte[]> found, byte[] content)
      throws Exception {
    for (Map.Entry<DigestAlgorithm, byte[]> one : found.entrySet()) {
      MessageDigest digest = MessageDigest.getInstance(one.getKey().jcaName());
      assertThat(one.getValue()).isEqualTo(digest.digest(content));
    }
  }

  /** A file of which more and more is there. */
  private static final class GrowingFile implements Frontier, Bytes {
    private final byte[] content;
    private int there;
    private boolean ended;

    private GrowingFile(Random random, int size) {
      content = new byte[size];
      random.nextBytes(content);
    }

    private synchronized int length() {
      return there;
    }

    private synchronized void grow(int length) {
      there = length;
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    @Override
    public synchronized long awaitBeyond(long offset) throws InterruptedException {
      while (there <= offset && !ended) {
        wait();
      }
      return there;
    }

    @Override
    public synchronized int readAt(ByteBuffer into, long offset) {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      int count = Math.min(Math.min(into.remaining(), 333), there - (int) offset);
      into.put(content, (int) offset, count);
      return count;
    }
  }
}
