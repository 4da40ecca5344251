package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I1: what landed is not lost with a directory made for it. Directories are real; the disk notes
 * what is synced.
 */
class LastingDirectoryTest {

  private final SimulatedDisk disk = new SimulatedDisk();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path temporary;

  private Path there = Path.of("");

  @BeforeEach
  void makeWhatIsThere() throws IOException {
    there = Files.createDirectory(temporary.resolve("there"));
  }

  @Test
  void parentOfEachNewDirectoryIsSynced_andNoOther() throws IOException {
    LastingDirectory.make(there.resolve("new/zone"), disk);

    assertThat(there.resolve("new/zone")).isEmptyDirectory();
    assertSynced("there", "new");
  }

  @Test
  void whatIsThereIsNotSyncedAgain() throws IOException {
    Files.createSymbolicLink(there.resolve("link"), temporary);
    Path zone = there.resolve("new/zone");
    LastingDirectory.make(zone, disk);
    disk.log().clear();

    LastingDirectory.make(zone, disk);
    LastingDirectory.make(there.resolve("link"), disk);

    assertSynced();
  }

  @Test
  void directoryThatDoesNotLastIsNotLeft_soThatTheNextTrySyncsIt() throws IOException {
    Path zone = there.resolve("new/zone");
    disk.failSyncsOf(path -> path.endsWith("new"));
    assertThatIOException().isThrownBy(() -> LastingDirectory.make(zone, disk));
    assertThat(zone).doesNotExist();
    disk.failSyncsOf(path -> false);
    disk.log().clear();

    LastingDirectory.make(zone, disk);

    assertSynced("new");
  }

  @Test
  void parentThatMayNotBeReadIsNoObstacle() throws IOException {
    disk.denySyncsOf(path -> path.endsWith("there"));

    LastingDirectory.make(there.resolve("new"), disk);

    assertThat(there.resolve("new")).isEmptyDirectory();
  }

  @Test
  void fileInTheWayIsAnError() throws IOException {
    Path file = Files.createFile(there.resolve("file"));
    Path dangling = Files.createSymbolicLink(there.resolve("dangling"), there.resolve("absent"));

    for (Path taken : List.of(file, dangling)) {
      assertThatIOException()
          .isThrownBy(() -> LastingDirectory.make(taken, disk))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertSynced();
  }

  @Test
  void deliverySyncsTheParentsOfALandingZoneItMakes_once() throws IOException {
    Delivery delivery = new Delivery(disk);
    Path zone = there.resolve("new/zone");

    delivery.requireReplaceable(zone, zone.resolve("a/file"));
    assertSynced("there", "new");
    disk.log().clear();

    delivery.requireReplaceable(zone, zone.resolve("a/file"));
    delivery.syncParents(zone.resolve("a/file"), zone);
    assertSynced("a", "zone");
  }

  private void assertSynced(String... directories) {
    assertThat(disk.log())
        .containsExactlyElementsOf(
            Stream.of(directories).map(name -> "syncDirectory " + name).toList());
  }
}
