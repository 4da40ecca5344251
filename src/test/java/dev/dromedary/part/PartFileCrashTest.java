package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.ExpectedDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** I1 to I3: a byte is claimed only if it is there, and what was promised stays claimed. */
class PartFileCrashTest {

  private static final int ACTIONS = 45;

  @Property(tries = 12)
  void claimsAllThatWasWrittenAndNoMore_afterAKillAtAnyOperation(@ForAll long seed) {
    SimulatedDisk whole = new SimulatedDisk();
    new Workload(seed).run(whole, ACTIONS);
    for (int n = 0; n < whole.log().size(); n++) {
      SimulatedDisk disk = new SimulatedDisk();
      disk.killAfter(n);
      Workload workload = runUntilKilled(disk, seed);
      SimulatedDisk found = disk.afterKill();
      PartFile file = Staged.open(found, Staged.BOOT);
      requireRight(file, found);
      requirePromise(file, workload, workload.written());
      finish(file);
    }
  }

  @Property(tries = 100)
  void claimsAllThatWasSyncedAndOnlyWhatIsThere_afterAPowerCut(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedDisk disk = new SimulatedDisk();
    disk.killAfter(random.nextInt(150));
    Workload workload = runUntilKilled(disk, seed);
    for (int cut = 0; cut < 4; cut++) {
      SimulatedDisk found = disk.afterPowerCut(random);
      PartFile file = Staged.open(found, Staged.NEXT_BOOT);
      requireRight(file, found);
      requirePromise(file, workload, workload.synced());
      finish(file);
    }
  }

  @Property(tries = 100)
  void claimsOnlyWhatIsThere_afterAKillARestartAndThenAPowerCut(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedDisk disk = new SimulatedDisk();
    disk.killAfter(20 + random.nextInt(100));
    runUntilKilled(disk, seed);
    disk.killAfter(1_000);
    PartFile again = Staged.open(disk, Staged.BOOT);
    ByteRanges adopted = again.received();
    int version = versionOf(again);
    if (version == 0) {
      return;
    }
    Staged.write(again.openPart(70_000), version, 2_000);
    for (int cut = 0; cut < 4; cut++) {
      SimulatedDisk found = disk.afterPowerCut(random);
      PartFile file = Staged.open(found, Staged.NEXT_BOOT);
      requireRight(file, found);
      assertThat(missing(file.received(), adopted)).isNull();
    }
  }

  @Property(tries = 100)
  void neverReadsOneVersionAsAnother_afterAPowerCutSoonAfterItStartedOver(
      @ForAll long seed, @ForAll boolean discarded) {
    SimulatedDisk disk = new SimulatedDisk();
    PartFile file = Staged.open(disk, Staged.BOOT);
    file.begin(Staged.facts(1));
    try (PartWriter writer = file.openPart(0)) {
      Staged.write(writer, 1, 10_000);
    }
    file.checkpoint();
    if (discarded) {
      file.discard();
      file = Staged.open(disk, Staged.BOOT);
    }
    file.begin(Staged.facts(2));
    Staged.write(file.openPart(0), 2, 10_000);
    SimulatedDisk found = disk.afterPowerCut(new Random(seed));
    requireRight(Staged.open(found, Staged.NEXT_BOOT), found);
  }

  @Property(tries = 100)
  void claimsOnlyWhatIsThere_afterAPowerCutSoonAfterWhatWasSetAsideWasTakenBack(
      @ForAll long seed, @ForAll boolean startsOver) {
    SimulatedDisk disk = new SimulatedDisk();
    PartFile first = Staged.open(disk, Staged.BOOT);
    first.begin(Staged.facts(1));
    try (PartWriter writer = first.openPart(0)) {
      Staged.write(writer, 1, 10_000);
    }
    first.learn(Staged.facts(1).withLength(10_000));
    first.setAside(List.of(ExpectedDigest.parse("md5=0123456789abcdef0123456789abcdef")));
    PartFile file = Staged.open(disk, Staged.BOOT);
    assertThat(file.takeBack(file.setAsideBefore().orElseThrow())).isTrue();
    if (startsOver) {
      file.begin(Staged.facts(2));
      Staged.write(file.openPart(0), 2, 10_000);
    }
    SimulatedDisk found = disk.afterPowerCut(new Random(seed));
    PartFile again = Staged.open(found, Staged.NEXT_BOOT);
    if (startsOver) {
      requireRight(again, found);
    } else {
      byte[] content = found.content(Staged.PATHS.partFile(Staged.ID));
      assertThat(again.received().coversAll(10_000)).isTrue();
      assertThat(Staged.firstWrong(content, 1, again.received())).isEqualTo(-1);
      assertThat(again.facts().orElseThrow().validators().isNone()).isTrue();
    }
  }

  private static Workload runUntilKilled(SimulatedDisk disk, long seed) {
    Workload workload = new Workload(seed);
    try {
      workload.run(disk, ACTIONS);
    } catch (SimulatedDisk.Killed expected) {
      assertThat(expected).isNotNull();
    }
    return workload;
  }

  private static void requireRight(PartFile file, SimulatedDisk disk) {
    long wrong =
        Staged.firstWrong(
            disk.content(Staged.PATHS.partFile(Staged.ID)), versionOf(file), file.received());
    assertThat(wrong).as(() -> "first wrong byte of " + file.received()).isEqualTo(-1);
  }

  private static void requirePromise(PartFile file, Workload workload, ByteRanges promised) {
    if (workload.version() != 0 && !promised.ranges().isEmpty()) {
      assertThat(versionOf(file)).isEqualTo(workload.version());
      assertThat(missing(file.received(), promised)).as("promised but not claimed").isNull();
    }
  }

  private static void finish(PartFile file) {
    int version = versionOf(file);
    if (version == 0) {
      file.begin(Staged.facts(1));
      version = 1;
    }
    long length = 64_000;
    for (ByteRange gap : file.received().missing(length)) {
      try (PartWriter writer = file.openPart(gap.start())) {
        Staged.write(writer, version, (int) gap.lengthBytes());
      }
    }
    file.seal(length);
    ByteBuffer all = ByteBuffer.allocate((int) length);
    assertThat(read(file, all)).isEqualTo(length);
    assertThat(all.array()).isEqualTo(Staged.bytes(version, 0, (int) length));
    file.close();
  }

  private static int read(PartFile file, ByteBuffer all) {
    try {
      return file.readAt(all, 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int versionOf(PartFile file) {
    return file.facts()
        .map(facts -> String.valueOf(facts.validators().etag()))
        .map(etag -> Integer.parseInt(etag.substring(2, etag.length() - 1)))
        .orElse(0);
  }

  private static @Nullable ByteRange missing(ByteRanges claimed, ByteRanges promised) {
    for (ByteRange range : promised.ranges()) {
      if (claimed.frontierFrom(range.start()) < range.end()) {
        return range;
      }
    }
    return null;
  }
}
