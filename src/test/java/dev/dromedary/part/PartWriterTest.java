package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is handed over is written before, and its memory given back once (I1, I2). */
@Timeout(60)
class PartWriterTest {

  private static final int CHUNK = 16 << 10;
  private static final Path PART = Staged.PATHS.partFile(Staged.ID);

  private final SimulatedDisk disk = new SimulatedDisk();
  private final PartFile file = Staged.open(disk, Staged.BOOT);
  private final AtomicInteger given = new AtomicInteger();
  private long next;

  @Test
  void keepsTheBytesTheirOwners_whenTheyCannotBeWritten() {
    PartWriter writer = begun();
    disk.limitFilesTo(CHUNK + CHUNK / 2);
    handOver(writer);
    assertThatThrownBy(() -> handOver(writer))
        .isInstanceOfSatisfying(
            DromedaryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL));
    assertThat(writer.position()).isEqualTo(CHUNK);
    assertThat(file.received()).isEqualTo(upTo(CHUNK));
    assertThat(given).as("those that were written").hasValue(1);
    assertThatCode(writer::close).doesNotThrowAnyException();
    assertThat(given).hasValue(1);
  }

  @Test
  void writesAgain_afterBytesThatCouldNotBeWritten() {
    PartWriter writer = begun();
    disk.limitFilesTo(CHUNK / 2);
    assertThatThrownBy(() -> handOver(writer)).isInstanceOf(DromedaryException.class);
    writer.close();
    disk.limitFilesTo(Long.MAX_VALUE);
    next = 0;
    try (PartWriter again = file.openPart(0)) {
      handOver(again);
    }
    assertThat(given).hasValue(1);
    assertThat(file.seal(CHUNK)).isEqualTo(PART);
  }

  @Test
  void writesNothing_whenThePartFileIsClosed() {
    PartWriter writer = begun();
    handOver(writer);
    file.close();
    assertThatThrownBy(() -> handOver(writer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(given).hasValue(1);
    assertThat(writer.position()).isEqualTo(CHUNK);
    assertThat(disk.content(PART)).hasSize(CHUNK);
  }

  @Test
  void writesNothing_whenThePartFileIsClosedWhileItWaitsForAnother() throws Exception {
    PartWriter first = begun();
    PartWriter second = file.openPart(1 << 20);
    CountDownLatch isUnderWay = new CountDownLatch(1);
    CompletableFuture<Void> mayEnd = new CompletableFuture<>();
    FutureTask<Void> writing =
        new FutureTask<>(
            () ->
                first.writeAndHandOver(
                    next(),
                    () -> {
                      given.incrementAndGet();
                      isUnderWay.countDown();
                      mayEnd.join();
                    }),
            null);
    new Thread(writing).start();
    isUnderWay.await();
    FutureTask<Void> waiting = new FutureTask<>(() -> handOver(second), null);
    Thread waits = new Thread(waiting);
    waits.start();
    await().until(() -> waits.getState() == Thread.State.WAITING);
    file.close();
    mayEnd.complete(null);
    writing.get();
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(IllegalStateException.class);
    assertThat(given).hasValue(1);
    assertThat(first.position()).isEqualTo(CHUNK);
    assertThat(second.position()).isEqualTo(1 << 20);
  }

  @Test
  void keepsAnInterrupt() {
    PartWriter writer = begun();
    Thread.currentThread().interrupt();
    handOver(writer);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(writer.position()).isEqualTo(CHUNK);
  }

  @Test
  void neverStandsBeyondWhatTheJournalClaims() {
    PartWriter writer = begun();
    for (int i = 0; i < 30; i++) {
      handOver(writer);
      for (int look = 0; look < 5; look++) {
        long position = writer.position();
        SimulatedDisk found = disk.afterKill();
        ByteRanges claimed = Staged.open(found, Staged.BOOT).received();
        assertThat(claimed.frontierFrom(0)).isGreaterThanOrEqualTo(position);
        assertThat(Staged.firstWrong(found.content(PART), 1, claimed)).isEqualTo(-1);
      }
    }
    writer.close();
    assertThat(writer.position()).isEqualTo(30L * CHUNK);
    assertThat(given).hasValue(30);
  }

  @Test
  void refusesBytes_afterClose() {
    PartWriter writer = begun();
    writer.close();
    assertThatThrownBy(() -> handOver(writer)).isInstanceOf(IllegalStateException.class);
    assertThat(given).hasValue(0);
  }

  private PartWriter begun() {
    file.begin(Staged.facts(1));
    return file.openPart(0);
  }

  private void handOver(PartWriter writer) {
    writer.writeAndHandOver(next(), given::incrementAndGet);
  }

  private ByteBuffer next() {
    ByteBuffer bytes = ByteBuffer.wrap(Staged.bytes(1, next, CHUNK));
    next += CHUNK;
    return bytes;
  }

  private static ByteRanges upTo(int end) {
    return new ByteRanges(List.of(new ByteRange(0, end)));
  }
}
