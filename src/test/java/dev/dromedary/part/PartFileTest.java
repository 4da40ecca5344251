package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Validators;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PartFileTest {

  private static final ExpectedDigest DIGEST =
      ExpectedDigest.parse("md5=0123456789abcdef0123456789abcdef");

  private final SimulatedDisk disk = new SimulatedDisk();
  private final Path part = Staged.PATHS.partFile(Staged.ID);
  private final Path journal = Staged.PATHS.journal(Staged.ID);

  @Test
  void changesNothing_whenItIsOnlyOpenedAndClosed() {
    try (PartFile file = Staged.open(disk, Staged.BOOT)) {
      assertThat(file.facts()).isEmpty();
      assertThat(file.received()).isEqualTo(ByteRanges.EMPTY);
      assertThat(file.trust()).isEqualTo("nothing: no part file yet");
    }
    assertThat(disk.log()).isEmpty();
  }

  @Test
  void remembersItsFacts() {
    PartFacts facts = Staged.facts(3).withLength(77);
    begun(3).learn(facts);
    assertThat(Staged.open(disk, Staged.NEXT_BOOT).facts()).contains(facts);
  }

  @Test
  void keepsEveryByte_whenTheLengthIsLearntWhilePartsAreWritten() {
    PartFile file = begun(1);
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, 1_000);
    file.learn(Staged.facts(1).withLength(9_000));
    Staged.write(writer, 1, 500);
    PartFile again = Staged.open(disk.afterKill(), Staged.BOOT);
    assertThat(again.received()).isEqualTo(upTo(1_500));
    assertThat(again.facts().orElseThrow().length()).hasValue(9_000);
  }

  @Test
  void refusesFactsOfAnotherVersion() {
    PartFile file = begun(1);
    assertThatIllegalArgumentException().isThrownBy(() -> file.learn(Staged.facts(2)));
    assertThat(file.facts()).contains(Staged.facts(1));
  }

  @Test
  void namesNoVersion_onceItsBytesMayBeOfSeveral() {
    PartFacts mixed = Staged.facts(1).ofSeveralVersions();
    PartFile file = begun(1);
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, 1_000);
    file.checkpoint();
    file.mix();
    Staged.write(writer, 2, 500);
    assertThat(file.facts()).contains(mixed);
    assertThat(mixed.validators()).isEqualTo(Validators.NONE);
    PartFile killed = Staged.open(disk.afterKill(), Staged.BOOT);
    assertThat(killed.facts()).contains(mixed);
    assertThat(killed.received()).isEqualTo(upTo(1_500));
    PartFile rebooted = Staged.open(disk.afterKill(), Staged.NEXT_BOOT);
    assertThat(rebooted.facts()).contains(mixed);
    assertThat(rebooted.received()).isEqualTo(upTo(1_000));
  }

  @Test
  void namesNoVersion_whenItWasOpenedAgainBeforeItsBytesWereOfSeveral() {
    try (PartFile file = begun(1)) {
      Staged.write(file.openPart(0), 1, 1_000);
      file.checkpoint();
    }
    Staged.open(disk, Staged.BOOT).mix();
    PartFile again = Staged.open(disk.afterKill(), Staged.BOOT);
    assertThat(again.facts()).contains(Staged.facts(1).ofSeveralVersions());
    assertThat(again.received()).isEqualTo(upTo(1_000));
  }

  @Test
  void hasNoByteLeft_whenItBeginsAnotherVersion() {
    PartFile file = begun(1);
    try (PartWriter writer = file.openPart(0)) {
      Staged.write(writer, 1, 1_000);
    }
    file.checkpoint();
    file.begin(Staged.facts(2));
    assertThat(file.received()).isEqualTo(ByteRanges.EMPTY);
    assertThat(file.frontier()).isZero();
    assertThat(disk.content(part)).isEmpty();
    assertThat(Staged.open(disk, Staged.BOOT).received()).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void refusesToBegin_whileAPartIsWritten() {
    PartFile file = begun(1);
    PartWriter writer = file.openPart(0);
    assertThatIllegalStateException().isThrownBy(() -> file.begin(Staged.facts(2)));
    Staged.write(writer, 1, 10);
    assertThat(file.received()).isEqualTo(upTo(10));
  }

  @Test
  void refusesParts_beforeItIsBegun() {
    PartFile file = Staged.open(disk, Staged.BOOT);
    assertThatIllegalStateException().isThrownBy(() -> file.openPart(0));
  }

  @Test
  void trustsOnlyTheCheckpoint_afterAReboot() {
    PartFile file = begun(1);
    PartWriter writer = file.openPart(0);
    Staged.write(writer, 1, 1_000);
    file.checkpoint();
    Staged.write(writer, 1, 1_000);
    assertThat(Staged.open(disk, Staged.BOOT).received()).isEqualTo(upTo(2_000));
    PartFile rebooted = Staged.open(disk, Staged.NEXT_BOOT);
    assertThat(rebooted.received()).isEqualTo(upTo(1_000));
    assertThat(rebooted.trust()).contains("the machine was restarted since");
  }

  @Test
  void trustsOnlyTheCheckpoint_whereBootsCannotBeTold() {
    PartFile file = Staged.open(disk, BootId.UNKNOWN);
    file.begin(Staged.facts(1));
    Staged.write(file.openPart(0), 1, 1_000);
    assertThat(Staged.open(disk, BootId.UNKNOWN).received()).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void trustsWhatIsLeft_whenThePartFileIsShorterThanItsJournal() {
    Staged.write(begun(1).openPart(0), 1, 1_000);
    disk.overwrite(part, Staged.bytes(1, 0, 400));
    PartFile again = Staged.open(disk, Staged.BOOT);
    assertThat(again.received()).isEqualTo(upTo(400));
    assertThat(again.trust()).contains("shorter than its journal, 400 bytes");
  }

  @Test
  void trustsNothing_whenThePartFileIsGone() {
    Staged.write(begun(1).openPart(0), 1, 1_000);
    disk.delete(part);
    PartFile again = Staged.open(disk, Staged.BOOT);
    assertThat(again.received()).isEqualTo(ByteRanges.EMPTY);
    assertThat(again.trust()).isEqualTo("nothing: no part file");
  }

  @Test
  void trustsNothing_whenTheJournalIsGone() {
    Staged.write(begun(1).openPart(0), 1, 1_000);
    disk.delete(journal);
    PartFile again = Staged.open(disk, Staged.BOOT);
    assertThat(again.facts()).isEmpty();
    assertThat(again.trust()).isEqualTo("nothing: no journal");
  }

  @Test
  void trustsNothing_whenTheJournalIsOfAnotherSource() {
    begun(1).close();
    disk.overwrite(Staged.PATHS.journal("other"), disk.content(journal));
    disk.overwrite(Staged.PATHS.partFile("other"), disk.content(part));
    PartFile other =
        PartFile.open(
            Staged.PATHS, "other", disk, Staged.SETTINGS, Staged.BOOT, Staged.CLOCK, Runnable::run);
    assertThat(other.facts()).isEmpty();
    assertThat(other.trust()).isEqualTo("nothing: the journal is of source " + Staged.ID);
  }

  @Property(tries = 60)
  void sealsToTheSameBytes_forAnyInterleavingOfParts(
      @ForAll @IntRange(min = 1, max = 12) int parts,
      @ForAll @IntRange(min = 1, max = 40_000) int size,
      @ForAll long seed) {
    SimulatedDisk own = new SimulatedDisk();
    PartFile file = Staged.open(own, Staged.BOOT);
    file.begin(Staged.facts(1));
    Random random = new Random(seed);
    List<PartWriter> writers = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      writers.add(file.openPart((long) size * i / parts));
    }
    List<PartWriter> open = new ArrayList<>(writers);
    while (!open.isEmpty()) {
      PartWriter writer = open.get(random.nextInt(open.size()));
      long end = (long) size * (writers.indexOf(writer) + 1) / parts;
      Staged.write(writer, 1, (int) Math.min(1 + random.nextInt(5_000), end - writer.position()));
      if (writer.position() == end) {
        writer.close();
        open.remove(writer);
      }
      assertThat(file.frontier()).isEqualTo(file.received().frontierFrom(0));
    }
    assertThat(own.content(file.seal(size))).isEqualTo(Staged.bytes(1, 0, size));
  }

  @Test
  void refusesToSeal_whenAByteIsMissing() {
    PartFile file = begun(1);
    try (PartWriter writer = file.openPart(1)) {
      Staged.write(writer, 1, 99);
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> file.seal(100))
        .withMessageContaining("[1,100)");
  }

  @Test
  void cutsWhatIsTooMuch_whenItSeals() {
    PartFile file = written(1_000);
    assertThat(disk.content(file.seal(700))).isEqualTo(Staged.bytes(1, 0, 700));
    assertThatIllegalStateException().isThrownBy(() -> file.openPart(700));
  }

  @Test
  void sealsTwice() {
    PartFile file = written(1_000);
    assertThat(file.seal(1_000)).isEqualTo(file.seal(1_000));
    assertThat(disk.content(part)).isEqualTo(Staged.bytes(1, 0, 1_000));
  }

  @Test
  void sealsAFileWithoutBytes() {
    assertThat(disk.content(begun(1).seal(0))).isEmpty();
    assertThat(disk.exists(part)).isTrue();
  }

  @Test
  void findsThatTheFileWasCutBySomebodyElse_whenItSeals() throws Exception {
    PartFile file = written(1_000);
    try (StorageFile other = disk.open(part)) {
      other.truncate(10);
    }
    assertThatThrownBy(() -> file.seal(1_000))
        .isInstanceOfSatisfying(
            DromedaryException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.PART_FILE_DAMAGED));
  }

  @Test
  void findsThatTheFileWasCutBySomebodyElse_beforeALaterWriteHidesIt() throws Exception {
    PartFile file = written(1_000);
    try (StorageFile other = disk.open(part)) {
      other.truncate(10);
    }
    PartWriter writer = file.openPart(1_000);
    assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(5)))
        .isInstanceOfSatisfying(
            DromedaryException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.PART_FILE_DAMAGED))
        .hasMessageContaining("has 10 bytes, expected 1000 or more");
    assertThatThrownBy(() -> file.openPart(0))
        .hasMessageContaining("has 10 bytes")
        .hasMessageContaining("noticed before");
    assertThat(disk.content(part)).hasSize(10);
    file.discard();
    assertThat(Staged.open(disk, Staged.BOOT).received()).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void doesNotTakeItForCut_whenAnotherPartGrowsItMeanwhile() {
    PartFile file = written(1_000);
    PartWriter first = file.openPart(1_000);
    PartWriter second = file.openPart(5_000);
    disk.afterNextSize(() -> Staged.write(second, 1, 500));
    Staged.write(first, 1, 500);
    assertThat(file.received().sizeBytes()).isEqualTo(2_000);
  }

  @Test
  void keepsAllBytes_whenItWasSealedAndNotDelivered() {
    written(1_000).seal(1_000);
    PartFile again = Staged.open(disk, Staged.BOOT);
    assertThat(again.received()).isEqualTo(upTo(1_000));
    assertThat(disk.content(again.seal(1_000))).isEqualTo(Staged.bytes(1, 0, 1_000));
  }

  @Test
  void leavesNothing_whenItIsDiscarded() {
    written(10).discard();
    assertThat(disk.exists(part)).isFalse();
    assertThat(disk.exists(journal)).isFalse();
  }

  @Test
  void leavesThePartFileAlone_whenItIsForgotten() {
    PartFile file = written(10);
    file.seal(10);
    file.forget();
    assertThat(disk.exists(part)).isTrue();
    assertThat(disk.exists(journal)).isFalse();
  }

  @Test
  void keepsTheLastOneSetAside() {
    Path first = written(10).setAside(List.of());
    assertThat(disk.content(first)).hasSize(10);
    Path second = written(20).setAside(List.of());
    assertThat(second).isEqualTo(first);
    assertThat(second.getFileName()).asString().endsWith(".part.rejected");
    assertThat(disk.content(second)).hasSize(20);
    assertThat(Staged.open(disk, Staged.BOOT).facts()).isEmpty();
  }

  @Test
  void takesBackWhatWasSetAside_whichOnlyADigestCanTellToBeRight() {
    Path aside = whole(10).setAside(List.of(DIGEST));
    PartFile file = Staged.open(disk, Staged.BOOT);
    SetAside kept = file.setAsideBefore().orElseThrow();
    assertThat(kept).isEqualTo(new SetAside(Staged.facts(1).withLength(10), List.of(DIGEST)));

    assertThat(file.takeBack(kept)).isTrue();

    assertThat(file.received().coversAll(10)).isTrue();
    assertThat(disk.exists(aside)).isFalse();
    file.close();
    PartFile later = Staged.open(disk, Staged.NEXT_BOOT);
    assertThat(later.facts()).contains(Staged.facts(1).withLength(10).ofSeveralVersions());
    assertThat(later.received().coversAll(10)).isTrue();
    assertThat(later.setAsideBefore()).isEmpty();
    assertThat(later.seal(10)).isEqualTo(part);
    assertThat(disk.content(part)).isEqualTo(Arrays.copyOf(Staged.bytes(1, 0, 10), 10));
  }

  @Test
  void notesNothingOfWhatWasSetAside_whoseDigestOrLengthIsNotKnown() {
    whole(10).setAside(List.of());
    assertThat(Staged.open(disk, Staged.BOOT).setAsideBefore()).isEmpty();
    written(10).setAside(List.of(DIGEST));
    assertThat(Staged.open(disk, Staged.BOOT).setAsideBefore()).isEmpty();
  }

  @Test
  void forgetsWhatWasNoted_whenAnotherIsSetAside() {
    whole(10).setAside(List.of(DIGEST));
    whole(20).setAside(List.of());
    assertThat(Staged.open(disk, Staged.BOOT).setAsideBefore()).isEmpty();
  }

  @Test
  void takesBackNeitherWhatIsOfAnotherLengthNorOverAPartFile() throws IOException {
    Path aside = whole(10).setAside(List.of(DIGEST));
    SetAside kept = Staged.open(disk, Staged.BOOT).setAsideBefore().orElseThrow();
    PartFile next = written(20);
    assertThat(next.takeBack(kept)).isFalse();
    assertThat(next.received().sizeBytes()).isEqualTo(20);
    next.discard();
    try (StorageFile cut = disk.open(aside)) {
      cut.truncate(9);
    }
    assertThat(Staged.open(disk, Staged.BOOT).takeBack(kept)).isFalse();
    assertThat(disk.content(aside)).hasSize(9);
  }

  @Test
  void copesWithMorePartsThanSlots_whenTheyAreClosedBetween() {
    PartFile file = begun(1);
    for (int i = 0; i < 3 * JournalLayout.SLOTS; i++) {
      try (PartWriter writer = file.openPart(i * 100L)) {
        Staged.write(writer, 1, 50);
      }
    }
    ByteRanges received = file.received();
    assertThat(received.ranges()).hasSize(3 * JournalLayout.SLOTS);
    assertThat(Staged.open(disk.afterKill(), Staged.BOOT).received()).isEqualTo(received);
  }

  @Test
  void refusesAPartThatWouldMakeTooManyExtents_butNeverOneThatExtendsOne() {
    PartFile file = begun(1);
    int most = JournalLayout.MAX_EXTENTS / 2;
    for (int i = 0; i < most; i++) {
      try (PartWriter writer = file.openPart(i * 10L)) {
        Staged.write(writer, 1, 5);
      }
    }
    assertThatIllegalStateException().isThrownBy(() -> file.openPart(most * 10L));
    try (PartWriter writer = file.openPart(5)) {
      Staged.write(writer, 1, 5);
    }
    assertThat(file.received().ranges()).hasSize(most - 1);
  }

  @Test
  void refusesMoreWritersThanSlots() {
    PartFile file = begun(1);
    for (int i = 0; i < JournalLayout.SLOTS; i++) {
      assertThat(file.openPart(i).position()).isEqualTo(i);
    }
    assertThatIllegalStateException().isThrownBy(() -> file.openPart(0));
  }

  @Test
  @Timeout(20)
  void wakesWhoFollowsTheFrontier_whenAGapIsFilled() throws Exception {
    PartFile file = begun(1);
    Staged.write(file.openPart(100), 1, 50);
    AtomicLong seen = new AtomicLong(-1);
    Thread follower = follower(file, seen);
    Staged.write(file.openPart(0), 1, 100);
    follower.join();
    assertThat(seen).hasValue(150);
  }

  @Test
  @Timeout(20)
  void releasesWhoFollowsTheFrontier_whenItCloses() throws Exception {
    PartFile file = begun(1);
    AtomicLong seen = new AtomicLong(-1);
    Thread follower = follower(file, seen);
    Awaitility.await().until(() -> follower.getState() == Thread.State.WAITING);
    file.close();
    follower.join();
    assertThat(seen).hasValue(0);
  }

  @Test
  void makesWritersFail_whenItIsClosed() {
    PartFile file = begun(1);
    PartWriter writer = file.openPart(0);
    file.close();
    assertThatIllegalStateException().isThrownBy(() -> Staged.write(writer, 1, 1));
    writer.close();
  }

  private static Thread follower(PartFile file, AtomicLong seen) {
    Thread follower =
        new Thread(
            () -> {
              try {
                seen.set(file.awaitFrontier(0));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    follower.start();
    return follower;
  }

  private PartFile begun(int version) {
    PartFile file = Staged.open(disk, Staged.BOOT);
    file.begin(Staged.facts(version));
    return file;
  }

  private PartFile whole(int length) {
    PartFile file = written(length);
    file.learn(Staged.facts(1).withLength(length));
    return file;
  }

  private PartFile written(int length) {
    PartFile file = begun(1);
    try (PartWriter writer = file.openPart(0)) {
      Staged.write(writer, 1, length);
    }
    assertThat(disk.content(part)).isEqualTo(Arrays.copyOf(Staged.bytes(1, 0, length), length));
    return file;
  }

  private static ByteRanges upTo(long end) {
    return new ByteRanges(List.of(new ByteRange(0, end)));
  }
}
