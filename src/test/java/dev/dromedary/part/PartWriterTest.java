package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written beside the reader is written as if it were not (I1, I2). */
@Timeout(60)
class PartWriterTest {

  private static final int CHUNK = 16 << 10;
  private static final Path PART = Staged.PATHS.partFile(Staged.ID);

  private final SimulatedDisk disk = new SimulatedDisk();
  private final PartFile file = Staged.open(disk, Staged.BOOT);
  private final AtomicInteger given = new AtomicInteger();
  private long next;

  static Stream<Named<Consumer<PartWriter>>> whatComesNext() {
    return Stream.of(
        Named.of("begin", writer -> writer.begin(ByteBuffer.allocate(1), () -> {})),
        Named.of("write", writer -> writer.write(ByteBuffer.allocate(1))),
        Named.of("settle", PartWriter::settle),
        Named.of("close", PartWriter::close));
  }

  @ParameterizedTest
  @MethodSource("whatComesNext")
  void tellsOnceThatWhatWasBegunCouldNotBeWritten(Consumer<PartWriter> next) {
    PartWriter writer = begun();
    disk.limitFilesTo(CHUNK + CHUNK / 2);
    begin(writer);
    begin(writer);
    assertThatThrownBy(() -> next.accept(writer))
        .isInstanceOfSatisfying(
            DromedaryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DISK_FULL));
    assertThat(writer.position()).isEqualTo(CHUNK);
    assertThat(file.received()).isEqualTo(upTo(CHUNK));
    assertThat(given).hasValue(2);
    assertThatCode(writer::settle).doesNotThrowAnyException();
    assertThatCode(writer::close).doesNotThrowAnyException();
    assertThat(given).hasValue(2);
  }

  @Test
  void takesNoBytes_whenThoseBeforeCouldNotBeWritten() {
    PartWriter writer = begun();
    disk.limitFilesTo(CHUNK / 2);
    begin(writer);
    assertThatThrownBy(() -> begin(writer)).isInstanceOf(DromedaryException.class);
    assertThat(given).as("those before").hasValue(1);
  }

  @Test
  void freesItsPlace_whenItsCloseTellsAFailure() {
    PartWriter writer = begun();
    disk.limitFilesTo(CHUNK / 2);
    begin(writer);
    assertThatThrownBy(writer::close).isInstanceOf(DromedaryException.class);
    disk.limitFilesTo(Long.MAX_VALUE);
    try (PartWriter again = file.openPart(0)) {
      Staged.write(again, 1, CHUNK);
    }
    assertThat(file.seal(CHUNK)).isEqualTo(PART);
  }

  @Test
  void failsAndGivesTheBytesBack_whenThePartFileIsClosed() {
    PartWriter writer = begun();
    begin(writer);
    writer.settle();
    file.close();
    begin(writer);
    assertThatThrownBy(writer::settle)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(given).hasValue(2);
    assertThat(writer.position()).isEqualTo(CHUNK);
    assertThat(disk.content(PART)).hasSize(CHUNK);
  }

  @Test
  void failsAndGivesTheBytesBack_whenThePartFileIsClosedWhileTheyWait() throws Exception {
    PartWriter first = begun();
    PartWriter second = file.openPart(1 << 20);
    CountDownLatch isUnderWay = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    first.begin(
        next(),
        () -> {
          given.incrementAndGet();
          isUnderWay.countDown();
          awaitUninterruptibly(mayEnd);
        });
    isUnderWay.await();
    begin(second);
    file.close();
    mayEnd.countDown();
    first.settle();
    assertThatThrownBy(second::settle).isInstanceOf(IllegalStateException.class);
    assertThat(given).hasValue(2);
    assertThat(first.position()).isEqualTo(CHUNK);
    assertThat(second.position()).isEqualTo(1 << 20);
  }

  @Test
  void keepsAnInterruptAndWaits_whenItSettles() throws Exception {
    PartWriter writer = begun();
    CountDownLatch isInterrupted = new CountDownLatch(1);
    writer.begin(next(), () -> awaitUninterruptibly(isInterrupted));
    Thread.currentThread().interrupt();
    Thread releases = new Thread(isInterrupted::countDown);
    releases.start();
    writer.settle();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(writer.position()).isEqualTo(CHUNK);
    releases.join();
  }

  @Test
  void neverStandsBeyondWhatTheJournalClaims() {
    PartWriter writer = begun();
    for (int i = 0; i < 30; i++) {
      begin(writer);
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
    assertThatThrownBy(() -> begin(writer)).isInstanceOf(IllegalStateException.class);
    assertThat(given).hasValue(0);
  }

  private PartWriter begun() {
    file.begin(Staged.facts(1));
    return file.openPart(0);
  }

  private void begin(PartWriter writer) {
    writer.begin(next(), given::incrementAndGet);
  }

  private ByteBuffer next() {
    ByteBuffer bytes = ByteBuffer.wrap(Staged.bytes(1, next, CHUNK));
    next += CHUNK;
    return bytes;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean isInterrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ByteRanges upTo(int end) {
    return new ByteRanges(List.of(new ByteRange(0, end)));
  }
}
