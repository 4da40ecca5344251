package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.DromedaryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** I2: what is lost to a power cut is bounded, and a failed sync is never taken for a good one. */
class PartFileSyncTest {

  private static final int CHUNK = 16 << 10;
  private static final PartSettings SYNC_OFTEN =
      new PartSettings(CHUNK, 8 * CHUNK, Duration.ofSeconds(5));

  private final SimulatedDisk disk = new SimulatedDisk();
  private final Path part = Staged.PATHS.partFile(Staged.ID);
  private final Queue<Runnable> due = new ArrayDeque<>();

  @Test
  void syncsDataBeforeItsCheckpoint() {
    PartFile file = begun(Runnable::run);
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, CHUNK);
    disk.log().clear();
    file.checkpoint();
    assertThat(disk.log())
        .containsExactly(
            "sync " + part.getFileName(),
            "syncDirectory staging",
            "write " + part.getFileName() + ".journal",
            "sync " + part.getFileName() + ".journal");
  }

  @Test
  void goesOnInTheJournalThatHasTheName_whereThatCannotBeOpened() {
    PartFile file = begun(Runnable::run);
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, CHUNK);
    replaceHeaderInVain(file);
    Staged.write(writer, 1, CHUNK);
    file.checkpoint();
    assertThat(afterReboot()).isEqualTo(upTo(2 * CHUNK));
  }

  @Test
  void takesWhatCouldNotBeSyncedBack_fromTheJournalThatHasTheName() {
    PartFile file = begun(Runnable::run);
    Staged.write(file.openPart(0), 1, CHUNK);
    replaceHeaderInVain(file);
    disk.failSyncsOf(part::equals);
    assertThatThrownBy(file::checkpoint).isInstanceOf(DromedaryException.class);
    disk.failSyncsOf(path -> false);
    assertThat(open(() -> 0, Runnable::run).received()).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void syncsAtHalfOfWhatMayBeLost() {
    PartFile file = begun(Runnable::run);
    PartWriter writer = file.openPart(0);
    for (int i = 1; i <= 4; i++) {
      assertThat(afterReboot()).isEqualTo(ByteRanges.EMPTY);
      Staged.write(writer, 1, CHUNK);
    }
    assertThat(afterReboot()).isEqualTo(upTo(4 * CHUNK));
  }

  @Test
  void syncsWhatWaitsTooLong() {
    long[] nowNanos = {-1_000_000};
    PartFile file = open(() -> nowNanos[0], Runnable::run);
    file.begin(Staged.facts(1));
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, 10);
    nowNanos[0] += 4_999_999_999L;
    Staged.write(writer, 1, 10);
    assertThat(afterReboot()).isEqualTo(ByteRanges.EMPTY);
    nowNanos[0] += 1;
    Staged.write(writer, 1, 10);
    assertThat(afterReboot()).isEqualTo(upTo(30));
  }

  @Test
  void asksForOneSyncAtATime() {
    PartFile file = begun(due::add);
    PartWriter writer = file.openPart(0);
    for (int i = 0; i < 7; i++) {
      Staged.write(writer, 1, CHUNK);
    }
    assertThat(due).hasSize(1);
    due.remove().run();
    assertThat(afterReboot()).isEqualTo(upTo(7 * CHUNK));
  }

  @Test
  @Timeout(20)
  void syncsInTheWriter_whenNoThreadIsToBeHad() {
    PartFile file =
        begun(
            sync -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    writeChunks(file.openPart(0), 20);
    assertThat(afterReboot()).isEqualTo(upTo(20 * CHUNK));
  }

  @Test
  @Timeout(20)
  void holdsWritersOnlyWhenAllThatMayBeLostIsUnsynced() throws Exception {
    PartFile file = begun(due::add);
    PartWriter writer = file.openPart(0);
    Thread writing = new Thread(() -> writeChunks(writer, 20));
    writing.start();
    Awaitility.await().until(() -> writer.position() == 8 * CHUNK);
    Awaitility.await().until(() -> writing.getState() == Thread.State.WAITING);
    due.remove().run();
    Awaitility.await().until(() -> writer.position() == 16 * CHUNK);
    Awaitility.await().until(() -> writing.getState() == Thread.State.WAITING);
    file.close();
    writing.join();
    assertThat(afterReboot()).isEqualTo(upTo(16 * CHUNK));
  }

  @Test
  @Timeout(20)
  void doesNotHoldOtherWriters_whileItSyncs() throws Exception {
    PartFile file = begun(due::add);
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, CHUNK);
    disk.beforeEachSync(
        () -> {
          Thread other = new Thread(() -> Staged.write(file.openPart(1 << 20), 1, CHUNK));
          other.start();
          Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !other.isAlive());
          disk.beforeEachSync(() -> {});
        });
    file.checkpoint();
    assertThat(file.received().sizeBytes()).isEqualTo(2 * CHUNK);
    assertThat(afterReboot()).isEqualTo(upTo(CHUNK));
  }

  @Test
  void claimsOnlyTheCheckpoint_afterASyncFailed() {
    PartFile file = begun(Runnable::run);
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, CHUNK);
    file.checkpoint();
    Staged.write(writer, 1, CHUNK);
    disk.failSyncsOf(part::equals);
    assertThatThrownBy(file::checkpoint).isInstanceOf(DromedaryException.class);
    disk.failSyncsOf(path -> false);
    assertThat(file.received()).isEqualTo(upTo(CHUNK));
    assertThat(file.frontier()).isEqualTo(CHUNK);
    assertThatThrownBy(() -> Staged.write(writer, 1, 1)).isInstanceOf(DromedaryException.class);
    assertThatThrownBy(file::checkpoint).isInstanceOf(DromedaryException.class);
    writer.close();
    file.close();
    assertThat(Staged.open(disk, Staged.BOOT).received()).isEqualTo(upTo(CHUNK));
  }

  @Test
  void tellsTheNextWrite_whenASyncBesideItFailed() {
    PartFile file = begun(due::add);
    PartWriter writer = file.openPart(0);
    disk.failSyncsOf(part::equals);
    writeChunks(writer, 4);
    due.remove().run();
    assertThatThrownBy(() -> Staged.write(writer, 1, 1))
        .isInstanceOf(DromedaryException.class)
        .hasRootCauseMessage("Input/output error");
    assertThat(file.received()).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void claimsOnlyTheCheckpoint_whenWhatAKilledProcessWroteCannotBeSynced() {
    PartFile file = begun(Runnable::run);
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, CHUNK);
    file.checkpoint();
    Staged.write(writer, 1, CHUNK);
    disk.failSyncsOf(part::equals);
    PartFile again = Staged.open(disk, Staged.BOOT);
    assertThat(again.received()).isEqualTo(upTo(2 * CHUNK));
    assertThatThrownBy(() -> again.openPart(2 * CHUNK)).isInstanceOf(DromedaryException.class);
    assertThat(again.received()).isEqualTo(upTo(CHUNK));
    assertThat(Staged.open(disk, Staged.BOOT).received()).isEqualTo(upTo(CHUNK));
  }

  @Test
  void syncs_whenItCloses() {
    PartFile file = begun(Runnable::run);
    Staged.write(file.openPart(0), 1, 100);
    file.close();
    assertThat(afterReboot()).isEqualTo(upTo(100));
  }

  /** The journal with the new header has its name, and cannot be opened by it. */
  private void replaceHeaderInVain(PartFile file) {
    disk.refuseOpensOf(Staged.PATHS.journal(Staged.ID)::equals);
    assertThatThrownBy(() -> file.learn(Staged.facts(1).withLength(8 * CHUNK)))
        .isInstanceOf(DromedaryException.class);
    disk.refuseOpensOf(path -> false);
  }

  private ByteRanges afterReboot() {
    return Staged.open(disk.afterKill(), Staged.NEXT_BOOT).received();
  }

  private static void writeChunks(PartWriter writer, int chunks) {
    try {
      for (int i = 0; i < chunks; i++) {
        Staged.write(writer, 1, CHUNK);
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("closed");
    }
  }

  private PartFile begun(Executor syncs) {
    PartFile file = open(Staged.CLOCK, syncs);
    file.begin(Staged.facts(1));
    return file;
  }

  private PartFile open(LongSupplier clock, Executor syncs) {
    return PartFile.open(Staged.PATHS, Staged.ID, disk, SYNC_OFTEN, Staged.BOOT, clock, syncs);
  }

  private static ByteRanges upTo(long end) {
    return new ByteRanges(List.of(new ByteRange(0, end)));
  }
}
