package dev.dromedary.part;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiskStorageTest {

  @TempDir private Path staging = Path.of("replaced");

  private final DiskStorage storage = new DiskStorage();

  @Test
  void writesAndReadsAtAnyOffset() throws IOException {
    try (StorageFile file = storage.open(staging.resolve("f"))) {
      file.writeAt(ByteBuffer.wrap(new byte[] {1, 2, 3}), 5);
      file.sync();
      assertThat(file.size()).isEqualTo(8);
      ByteBuffer read = ByteBuffer.allocate(2);
      assertThat(file.readAt(read, 6)).isEqualTo(2);
      assertThat(read.array()).containsExactly(2, 3);
      assertThat(file.readAt(read.clear(), 8)).isEqualTo(-1);
      file.truncate(6);
      file.truncate(100);
      assertThat(file.size()).isEqualTo(6);
    }
  }

  @Test
  void writesAndReadsMoreThanItHandsOverAtOnce() throws IOException {
    byte[] bytes = new byte[2 * DiskFile.MOST_AT_ONCE + 5];
    new Random(7).nextBytes(bytes);
    try (StorageFile file = storage.open(staging.resolve("f"))) {
      ByteBuffer written = ByteBuffer.wrap(bytes, 1, bytes.length - 2);
      file.writeAt(written, 100);
      assertThat(written.hasRemaining()).isFalse();
      assertThat(file.size()).isEqualTo(100 + bytes.length - 2);
      ByteBuffer read = ByteBuffer.allocate(bytes.length - 2);
      while (read.hasRemaining()) {
        assertThat(file.readAt(read, 100 + read.position())).isBetween(1, DiskFile.MOST_AT_ONCE);
      }
      assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(bytes, 1, bytes.length - 2));
    }
  }

  @Test
  @Timeout(30)
  void leavesLittleMemoryWithEachThreadThatReadOrWrote() throws Exception {
    int threads = 64;
    CountDownLatch over = new CountDownLatch(1);
    List<CompletableFuture<Void>> copies = new ArrayList<>();
    try (StorageFile file = storage.open(staging.resolve("f"))) {
      file.writeAt(ByteBuffer.allocate(1), 1 << 20);
      long before = leftOfOtherTests();
      for (int i = 0; i < threads; i++) {
        CompletableFuture<Void> copied = new CompletableFuture<>();
        copies.add(copied);
        Thread thread = new Thread(() -> copyAndStay(file, copied, over));
        thread.setDaemon(true);
        thread.start();
      }
      CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new)).get(20, SECONDS);
      assertThat(outsideTheHeap() - before).isBetween(1L, threads * 32L * 1024);
    } finally {
      over.countDown();
    }
  }

  /** The thread lives on, as those of a pool do. */
  private static void copyAndStay(
      StorageFile file, CompletableFuture<Void> copied, CountDownLatch over) {
    try {
      ByteBuffer bytes = ByteBuffer.allocate(1 << 19);
      file.readAt(bytes, 0);
      file.writeAt(bytes.clear(), 0);
      copied.complete(null);
      over.await();
    } catch (IOException | InterruptedException e) {
      copied.completeExceptionally(e);
    }
  }

  /** What nobody holds any more is given back first: it would be while this test counts. */
  private static long leftOfOtherTests() {
    AtomicLong last = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              System.gc();
              long now = outsideTheHeap();
              return last.getAndSet(now) == now;
            });
    return last.get();
  }

  private static long outsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void tellsThatAnotherFileHasTakenItsName() throws IOException {
    Path path = staging.resolve("f");
    try (StorageFile file = storage.open(path)) {
      file.requireInPlace();
      Files.move(path, staging.resolve("elsewhere"));
      assertThatIOException().isThrownBy(file::requireInPlace).withMessageContaining("renamed");
      Files.write(path, new byte[10]);
      assertThatIOException().isThrownBy(file::requireInPlace).withMessageContaining("another");
      Files.move(staging.resolve("elsewhere"), path, StandardCopyOption.REPLACE_EXISTING);
      file.requireInPlace();
    }
  }

  @Test
  void writesNothingToAnotherFileThatHasTakenItsName() throws IOException {
    Path path = staging.resolve("f");
    ByteBuffer bytes = ByteBuffer.allocateDirect((1 << 20) + 4096).alignedSlice(4096);
    try (StorageFile file = new DiskStorage(DirectWriting.ALWAYS).open(path)) {
      Files.delete(path);
      Files.write(path, new byte[10]);
      try {
        file.writeOutAt(bytes, 0);
      } catch (DamagedFileException where) {
        assertThat(where).hasMessageContaining("another file has taken its name");
      }
      assertThat(path).hasSize(10);
    }
  }

  @Test
  void opensNoOtherFileAgain() throws IOException {
    Path path = staging.resolve("f");
    Files.write(path, new byte[1]);
    FileIdentity identity = FileIdentity.of(path);
    List<FileChannel> opened = new ArrayList<>();
    SteadyChannel.Opening opening =
        () -> {
          opened.add(FileChannel.open(path));
          return opened.get(opened.size() - 1);
        };
    identity.reopen(opening).close();
    Files.move(path, staging.resolve("elsewhere"));
    assertThatThrownBy(() -> identity.reopen(opening)).isInstanceOf(DamagedFileException.class);
    Files.write(path, new byte[1]);
    assertThatThrownBy(() -> identity.reopen(opening)).isInstanceOf(DamagedFileException.class);
    assertThat(opened).hasSize(2).noneMatch(FileChannel::isOpen);
  }

  @Test
  void neverFollowsASymbolicLinkInStaging() throws IOException {
    Path victim = Files.writeString(staging.resolve("victim"), "precious");
    PartPaths paths = new PartPaths(staging);
    Files.createSymbolicLink(paths.partFile(Staged.ID), victim);
    assertThatIOException().isThrownBy(() -> storage.open(paths.partFile(Staged.ID)));
    assertThatThrownBy(
            () ->
                PartFile.open(
                    paths, Staged.ID, storage, Staged.SETTINGS, Staged.BOOT, Staged.CLOCK))
        .isInstanceOf(DromedaryException.class);
    storage.delete(paths.partFile(Staged.ID));
    assertThat(victim).hasContent("precious");
  }

  @Test
  void seesADanglingLink() throws IOException {
    Path link = Files.createSymbolicLink(staging.resolve("link"), staging.resolve("nowhere"));
    assertThat(storage.exists(link)).isTrue();
  }

  @Test
  void keepsAnInterruptAndDoesTheWork_whenTheThreadIsInterrupted() throws IOException {
    Path path = staging.resolve("f");
    try (StorageFile file = storage.open(path)) {
      Thread.currentThread().interrupt();
      file.writeAt(ByteBuffer.wrap(new byte[100]), 0);
      file.sync();
      storage.syncDirectory(staging);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file.size()).isEqualTo(100);
    }
  }

  @Test
  @Timeout(30)
  void goesOnForAllThreads_whenOneIsInterruptedAgainAndAgain() throws Exception {
    try (StorageFile file = storage.open(staging.resolve("f"))) {
      AtomicBoolean broken = new AtomicBoolean();
      Thread writer = writer(file, 0, broken);
      Thread interrupted = writer(file, 1 << 20, broken);
      while (interrupted.isAlive()) {
        interrupted.interrupt();
        Thread.onSpinWait();
      }
      writer.join();
      assertThat(broken).isFalse();
      ByteBuffer all = ByteBuffer.allocate(2 << 20);
      while (all.hasRemaining() && file.readAt(all, all.position()) > 0) {
        continue;
      }
      assertThat(Arrays.equals(all.array(), Staged.bytes(1, 0, 2 << 20))).isTrue();
    }
  }

  @Test
  @Timeout(30)
  void readsEveryByteOnce_whenTheReaderIsInterruptedAgainAndAgain() throws Exception {
    try (StorageFile file = storage.open(staging.resolve("f"))) {
      file.writeAt(ByteBuffer.wrap(Staged.bytes(1, 0, 1 << 20)), 0);
      ByteBuffer all = ByteBuffer.allocate(1 << 20);
      Thread reader = new Thread(() -> readAll(file, all));
      reader.start();
      while (reader.isAlive()) {
        reader.interrupt();
        Thread.onSpinWait();
      }
      assertThat(all.hasRemaining()).isFalse();
      assertThat(Arrays.equals(all.array(), Staged.bytes(1, 0, 1 << 20))).isTrue();
    }
  }

  @Test
  void fails_afterClose() throws IOException {
    StorageFile file = storage.open(staging.resolve("f"));
    file.close();
    assertThatThrownBy(() -> file.writeAt(ByteBuffer.allocate(1), 0))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void landsAWholeFileAndResumesIt() throws IOException {
    PartPaths paths = new PartPaths(staging);
    try (PartFile file = open(paths)) {
      file.begin(Staged.facts(1));
      Staged.write(file.openPart(0), 1, 100_000);
    }
    try (PartFile file = open(paths)) {
      assertThat(file.frontier()).isEqualTo(100_000);
      try (PartWriter writer = file.openPart(100_000)) {
        Staged.write(writer, 1, 50_000);
      }
      assertThat(file.seal(150_000)).hasBinaryContent(Staged.bytes(1, 0, 150_000));
      file.forget();
    }
    try (var left = Files.list(staging)) {
      assertThat(left).containsExactly(paths.partFile(Staged.ID));
    }
  }

  private PartFile open(PartPaths paths) {
    return PartFile.open(
        paths, Staged.ID, storage, PartSettings.DEFAULTS, Staged.BOOT, Staged.CLOCK);
  }

  private static void readAll(StorageFile file, ByteBuffer all) {
    try {
      while (all.hasRemaining()) {
        ByteBuffer some = all.slice(all.position(), Math.min(4_096, all.remaining()));
        all.position(all.position() + file.readAt(some, all.position()));
      }
    } catch (IOException e) {
      assertThat(e).isNull();
    }
  }

  private static Thread writer(StorageFile file, long from, AtomicBoolean broken) {
    Thread thread =
        new Thread(
            () -> {
              try {
                for (long at = from; at < from + (1 << 20); at += 4_096) {
                  file.writeAt(ByteBuffer.wrap(Staged.bytes(1, at, 4_096)), at);
                }
              } catch (IOException e) {
                broken.set(true);
              }
            });
    thread.start();
    return thread;
  }
}
