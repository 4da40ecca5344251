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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
  void lackOfMemoryIsTold_andNobodyWaitsForIt() throws Exception {
    GrowingFile file = new GrowingFile(new Random(3), 1_000);
    TrailingDigest digest =
        new TrailingDigest(
            file,
            (into, offset) -> {
              throw new OutOfMemoryError("Cannot reserve 131072 bytes of direct buffer memory");
            },
            SHA_256,
            64);
    file.grow(1_000);
    digest.start();
    assertThatThrownBy(() -> digest.finish(1_000))
        .isInstanceOfSatisfying(
            DromedaryException.class,
            why -> assertThat(why.code()).isEqualTo(FailureCode.NO_MEMORY))
        .hasMessageContaining("Cannot reserve 131072");
    assertThat(digest.hasFailed()).isTrue();
    assertThat(digest.expects(0)).isFalse();
  }

  /** Seen hanging about once in twenty thousand times while a wake-up could be lost. */
  @Test
  @Timeout(60)
  void ends_whenItIsFinishedJustAfterItsLastPiece() throws Exception {
    GrowingFile nothingRead = new GrowingFile(new Random(4), 64);
    for (int i = 0; i < 5_000; i++) {
      TrailingDigest digest = new TrailingDigest(nothingRead, nothingRead, SHA_256, 64);
      digest.start();
      assertThat(digest.expects(0)).isTrue();
      digest.take(ByteBuffer.wrap(nothingRead.content), () -> {});
      for (int spin = i % 300; spin > 0; spin--) {
        Thread.onSpinWait();
      }
      requireRight(digest.finish(64), nothingRead.content);
    }
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

  @Property(tries = 150)
  void equalsTheDigestOfTheBytes_whicheverAreHandedOver(
      @ForAll @IntRange(max = 6_000) int size,
      @ForAll @IntRange(min = 1, max = 700) int piece,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    GrowingFile file = new GrowingFile(random, size);
    file.grow(random.nextInt(size + 1));
    TrailingDigest digest =
        new TrailingDigest(file, file, EnumSet.allOf(DigestAlgorithm.class), piece);
    digest.start();
    List<AtomicInteger> done = new ArrayList<>();
    while (file.length() < size) {
      write(file, digest, Math.min(size, file.length() + 1 + random.nextInt(900)), random, done);
    }
    requireRight(digest.finish(size), file.content);
    assertThat(done).allMatch(count -> count.get() == 1);
  }

  @Property(tries = 100)
  void givesBackAllMemoryOnce_whenItIsCancelled(
      @ForAll @IntRange(min = 1, max = 6_000) int size, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    GrowingFile file = new GrowingFile(random, size);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 100);
    digest.start();
    List<AtomicInteger> done = new ArrayList<>();
    long when = random.nextInt(size + 1);
    Thread cancels = new Thread(digest::cancel);
    while (file.length() < size) {
      if (file.length() >= when && cancels.getState() == Thread.State.NEW) {
        cancels.start();
      }
      write(file, digest, Math.min(size, file.length() + 1 + random.nextInt(900)), random, done);
    }
    digest.cancel();
    assertThatThrownBy(() -> digest.finish(size + 1)).isInstanceOf(DromedaryException.class);
    cancels.join();
    assertThat(done).allMatch(count -> count.get() == 1);
    assertThat(digest.expects(digest.position())).isFalse();
  }

  @Test
  @Timeout(20)
  void letsNobodyWaitForIt_whenItIsCancelledWithEnoughInHand() throws Exception {
    GrowingFile file = new GrowingFile(new Random(5), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    CountDownLatch isBusy = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    digest.start();
    hand(file, digest, 100, () -> awaitBusy(isBusy, mayGoOn));
    isBusy.await();
    AtomicInteger done = new AtomicInteger();
    hand(file, digest, 200, done::incrementAndGet);
    hand(file, digest, 300, done::incrementAndGet);
    Thread waits = new Thread(() -> hand(file, digest, 400, done::incrementAndGet));
    startAndAwaitWaiting(waits);
    digest.cancel();
    mayGoOn.countDown();
    waits.join();
    assertThatThrownBy(() -> digest.finish(1_000)).isInstanceOf(DromedaryException.class);
    assertThat(done).hasValue(3);
    assertThat(digest.position()).as("digested before it was cancelled").isEqualTo(100);
  }

  @Test
  @Timeout(20)
  void keepsAnInterrupt_whenOneWaitsToHandOver() throws Exception {
    GrowingFile file = new GrowingFile(new Random(6), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    hand(file, digest, 100, () -> {});
    hand(file, digest, 200, () -> {});
    AtomicBoolean isInterrupted = new AtomicBoolean();
    Thread waits =
        new Thread(
            () -> {
              hand(file, digest, 300, () -> {});
              isInterrupted.set(Thread.currentThread().isInterrupted());
            });
    waits.start();
    waits.interrupt();
    digest.start();
    waits.join();
    assertThat(isInterrupted).isTrue();
    file.grow(1_000);
    requireRight(digest.finish(1_000), file.content);
    assertThat(file.reads).allMatch(at -> at >= 300);
  }

  @Test
  @Timeout(20)
  void takesFromMemory_whenItHasCaughtUpByReading() throws Exception {
    GrowingFile file = new GrowingFile(new Random(10), 1_000);
    file.grow(300);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    digest.start();
    hand(file, digest, 1_000, () -> {});
    requireRight(digest.finish(1_000), file.content);
    assertThat(file.reads).allMatch(at -> at < 300);
  }

  @Test
  @Timeout(20)
  void isWaitedFor_whenItHasNearlyReadAllBefore() throws Exception {
    GrowingFile file = new GrowingFile(new Random(11), 1_000);
    CountDownLatch mayRead = new CountDownLatch(1);
    TrailingDigest digest = readsWhen(mayRead, file);
    file.grow(300);
    digest.start();
    Thread writes = new Thread(() -> hand(file, digest, 1_000, () -> {}));
    startAndAwaitWaiting(writes);
    mayRead.countDown();
    writes.join();
    requireRight(digest.finish(1_000), file.content);
    assertThat(file.reads).allMatch(at -> at < 300);
  }

  @Test
  @Timeout(20)
  void isNotWaitedFor_whenMuchIsLeftToRead() throws Exception {
    long length = 300L << 20;
    CountDownLatch mayRead = new CountDownLatch(1);
    TrailingDigest digest = readsNothingBefore(mayRead, length);
    assertThat(digest.expects(length)).isFalse();
    requireEndsCancelled(digest, mayRead, length);
  }

  @Test
  @Timeout(20)
  void isWaitedForWhereItReadsFast_andNotWhereItReadsSlowly() throws Exception {
    GrowingFile file = new GrowingFile(new Random(14), 6_400);
    AtomicLong clock = new AtomicLong();
    CountDownLatch mayReadMore = new CountDownLatch(1);
    CountDownLatch mayReadAll = new CountDownLatch(1);
    Bytes slowAtFirst =
        (into, offset) -> {
          awaitBusy(new CountDownLatch(0), offset < 640 ? new CountDownLatch(0) : mayReadMore);
          awaitBusy(new CountDownLatch(0), offset < 3_840 ? new CountDownLatch(0) : mayReadAll);
          clock.addAndGet(offset < 640 ? 100_000_000 : 1);
          return file.readAt(into, offset);
        };
    TrailingDigest digest = new TrailingDigest(file, slowAtFirst, SHA_256, 64, clock::get);
    file.grow(640);
    digest.start();
    awaitPosition(digest, 640);
    file.grow(3_840);
    assertThat(digest.expects(3_840)).isFalse();
    mayReadMore.countDown();
    awaitPosition(digest, 3_840);
    file.grow(6_400);
    AtomicBoolean isExpected = new AtomicBoolean();
    Thread writes = new Thread(() -> isExpected.set(digest.expects(6_400)));
    startAndAwaitWaiting(writes);
    mayReadAll.countDown();
    writes.join();
    assertThat(isExpected).isTrue();
    digest.withdraw();
    requireRight(digest.finish(6_400), file.content);
  }

  @Test
  @Timeout(20)
  void isNotWaitedForAnyMore_whenItIsCancelledWhileItReads() throws Exception {
    GrowingFile file = new GrowingFile(new Random(13), 1_000);
    CountDownLatch mayRead = new CountDownLatch(1);
    TrailingDigest digest = readsWhen(mayRead, file);
    file.grow(300);
    digest.start();
    AtomicBoolean isExpected = new AtomicBoolean(true);
    Thread writes = new Thread(() -> isExpected.set(digest.expects(300)));
    startAndAwaitWaiting(writes);
    digest.cancel();
    writes.join();
    assertThat(isExpected).isFalse();
    mayRead.countDown();
    requireCode(digest, 1_000, FailureCode.STAGING_FAILED);
  }

  @Test
  @Timeout(20)
  void readsWhatItExpected_whenThatIsWithdrawn() throws Exception {
    GrowingFile file = new GrowingFile(new Random(7), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    digest.start();
    assertThat(digest.expects(0)).isTrue();
    file.grow(1_000);
    Thread.yield();
    assertThat(file.reads).isEmpty();
    digest.withdraw();
    requireRight(digest.finish(1_000), file.content);
  }

  @Test
  @Timeout(20)
  void stillExpectsWhatItExpects_whenItIsAskedForOthers() throws Exception {
    GrowingFile file = new GrowingFile(new Random(8), 1_000);
    TrailingDigest digest = new TrailingDigest(file, file, SHA_256, 64);
    digest.start();
    assertThat(digest.expects(0)).isTrue();
    assertThat(digest.expects(500)).isFalse();
    assertThat(digest.expects(0)).as("from another writer too").isFalse();
    file.grow(1_000);
    for (int i = 0; i < 1_000 && file.reads.isEmpty(); i++) {
      Thread.yield();
    }
    digest.take(ByteBuffer.wrap(file.content, 0, 500), () -> {});
    requireRight(digest.finish(1_000), file.content);
    assertThat(file.reads).allMatch(at -> at >= 500);
  }

  @Test
  @Timeout(20)
  void givesBackWhatItWasHanded_whenItFails() throws Exception {
    GrowingFile file = new GrowingFile(new Random(9), 1_000);
    CountDownLatch isReading = new CountDownLatch(1);
    CountDownLatch mayFail = new CountDownLatch(1);
    Bytes broken =
        (into, offset) -> {
          awaitBusy(isReading, mayFail);
          throw new IOException("Input/output error");
        };
    TrailingDigest digest = new TrailingDigest(file, broken, SHA_256, 64);
    file.grow(100);
    digest.start();
    isReading.await();
    assertThat(digest.expects(0)).as("while it reads").isFalse();
    mayFail.countDown();
    requireCode(digest, 1_000, FailureCode.STAGING_FAILED);
    assertThat(digest.expects(0)).isFalse();
    AtomicInteger done = new AtomicInteger();
    digest.take(ByteBuffer.wrap(file.content, 0, 1), done::incrementAndGet);
    assertThat(done).hasValue(1);
  }

  /** Writes up to an offset, as a part file does; what is taken must never be read. */
  private static void write(
      GrowingFile file, TrailingDigest digest, int end, Random random, List<AtomicInteger> done) {
    int start = file.length();
    if (random.nextInt(3) == 0 || !digest.expects(start)) {
      file.grow(end);
      return;
    }
    boolean isWritten = random.nextInt(5) > 0;
    if (random.nextInt(4) == 0) {
      file.grow(isWritten ? end : start);
      digest.withdraw();
      return;
    }
    file.handed(start, end);
    file.grow(end);
    AtomicInteger count = new AtomicInteger();
    done.add(count);
    byte[] memory = Arrays.copyOfRange(file.content, start, end);
    digest.take(
        ByteBuffer.wrap(memory),
        () -> {
          Arrays.fill(memory, (byte) 0);
          count.incrementAndGet();
        });
  }

  private static TrailingDigest readsWhen(CountDownLatch mayRead, GrowingFile file) {
    Bytes held =
        (into, offset) -> {
          awaitBusy(new CountDownLatch(0), mayRead);
          return file.readAt(into, offset);
        };
    return new TrailingDigest(file, held, SHA_256, 64);
  }

  private static TrailingDigest readsNothingBefore(CountDownLatch mayRead, long length) {
    Bytes held =
        (into, offset) -> {
          awaitBusy(new CountDownLatch(0), mayRead);
          return -1;
        };
    TrailingDigest digest = new TrailingDigest(offset -> length, held, SHA_256, 64);
    digest.start();
    return digest;
  }

  private static void requireEndsCancelled(
      TrailingDigest digest, CountDownLatch mayRead, long length) {
    digest.cancel();
    mayRead.countDown();
    assertThatThrownBy(() -> digest.finish(length)).isInstanceOf(DromedaryException.class);
  }

  private static void startAndAwaitWaiting(Thread thread) {
    thread.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> thread.getState() == Thread.State.WAITING);
  }

  private static void hand(GrowingFile file, TrailingDigest digest, int end, Runnable done) {
    int start = file.length();
    assertThat(digest.expects(start)).isTrue();
    file.grow(end);
    digest.take(ByteBuffer.wrap(file.content, start, end - start), done);
  }

  private static void awaitBusy(CountDownLatch isBusy, CountDownLatch mayGoOn) {
    isBusy.countDown();
    try {
      mayGoOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
    private final List<Long> reads = new CopyOnWriteArrayList<>();
    private final BitSet handed = new BitSet();
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

    /** Forbids to read what is handed over. */
    private synchronized void handed(int start, int end) {
      handed.set(start, end);
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
      if (handed.get((int) offset, (int) offset + count).cardinality() > 0) {
        throw new IllegalStateException("read at " + offset + " what was handed over");
      }
      reads.add(offset);
      into.put(content, (int) offset, count);
      return count;
    }
  }
}
