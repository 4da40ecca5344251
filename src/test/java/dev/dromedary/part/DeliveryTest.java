package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I6: whoever can make a link below the landing zone does not decide where a file lands. */
class DeliveryTest {

  private static final Runnable GOES_ON = () -> {};

  private final Delivery delivery = new Delivery();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  private Path landing = Path.of("");
  private Path outside = Path.of("");

  @BeforeEach
  void makeDirectories() throws IOException {
    landing = directory.resolve("landing");
    outside = Files.createDirectory(directory.resolve("outside"));
  }

  @Test
  void makesTheDirectoriesOfATarget() throws IOException {
    delivery.requireReplaceable(landing, landing.resolve("a/b/c.bin"));
    delivery.requireReplaceable(landing, landing.resolve("a/b/c.bin"));

    assertThat(landing.resolve("a/b")).isEmptyDirectory();
  }

  @Test
  void landingZoneItselfMayBeALink() throws IOException {
    Files.createSymbolicLink(landing, outside);

    delivery.requireReplaceable(landing, landing.resolve("a/c.bin"));

    assertThat(outside.resolve("a")).isEmptyDirectory();
  }

  @Test
  void linkOnTheWayIsRefused_wherever() throws IOException {
    Files.createDirectories(landing.resolve("a"));
    Files.createSymbolicLink(landing.resolve("link"), outside);
    Files.createSymbolicLink(landing.resolve("a/link"), Path.of("../../outside"));
    Files.createSymbolicLink(landing.resolve("inner"), landing.resolve("a"));

    for (String target : new String[] {"link/x", "a/link/x", "link/deep/x", "inner/x"}) {
      assertRefused(
          FailureCode.TARGET_UNSAFE,
          () -> delivery.requireReplaceable(landing, landing.resolve(target)));
    }
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void targetThatIsALinkIsRefused() throws IOException {
    Files.createDirectories(landing);
    Path precious = Files.writeString(outside.resolve("precious"), "old");
    Files.createSymbolicLink(landing.resolve("x"), precious);
    Files.createSymbolicLink(landing.resolve("dangling"), outside.resolve("absent"));

    for (String target : new String[] {"x", "dangling"}) {
      assertRefused(
          FailureCode.TARGET_UNSAFE,
          () -> delivery.requireReplaceable(landing, landing.resolve(target)));
    }
  }

  @Test
  void targetThatIsADirectoryIsRefused() throws IOException {
    Files.createDirectories(landing.resolve("x"));

    assertRefused(
        FailureCode.DELIVERY_FAILED,
        () -> delivery.requireReplaceable(landing, landing.resolve("x")));
  }

  @Test
  void fileOnTheWayIsAnError() throws IOException {
    Files.createDirectories(landing);
    Files.writeString(landing.resolve("a"), "file");

    assertThatThrownBy(() -> delivery.requireReplaceable(landing, landing.resolve("a/x")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void deliveredFileIsLookedForWithoutFollowingLinks() throws IOException {
    Files.createDirectories(landing.resolve("a"));
    Files.writeString(landing.resolve("a/x"), "new");
    Files.writeString(outside.resolve("x"), "new");
    Files.createSymbolicLink(landing.resolve("swapped"), outside);

    delivery.requireDelivered(landing, landing.resolve("a/x"));
    assertRefused(
        FailureCode.TARGET_UNSAFE,
        () -> delivery.requireDelivered(landing, landing.resolve("swapped/x")));
    assertThatThrownBy(() -> delivery.requireDelivered(landing, landing.resolve("a/y")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void linkUnderTheTemporaryNameIsRemoved_notWrittenThrough() throws IOException {
    Files.createDirectories(landing);
    Path sealed = Files.writeString(directory.resolve("sealed"), "new");
    Path precious = Files.writeString(outside.resolve("precious"), "old");
    Path temporary = Delivery.temporary(landing.resolve("x"), "t");
    Files.createSymbolicLink(temporary, precious);

    assertThat(delivery.bringBeside(sealed, landing, landing.resolve("x"), "t", GOES_ON))
        .isEqualTo(sealed);

    assertThat(precious).hasContent("old");
    assertThat(Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void whatADeliveryLeftIsRemoved_butNoLinkIsFollowed() throws IOException {
    Files.createDirectories(landing.resolve("a"));
    Path left = Files.writeString(Delivery.temporary(landing.resolve("a/x"), "t"), "left");
    Path others = Files.writeString(Delivery.temporary(landing.resolve("a/x"), "u"), "other");
    Path beyond = Files.writeString(Delivery.temporary(outside.resolve("x"), "t"), "beyond");
    Path linked = Delivery.temporary(landing.resolve("x"), "t");
    Files.createSymbolicLink(linked, beyond);
    Files.createSymbolicLink(landing.resolve("link"), outside);

    assertThat(delivery.discard(landing, landing.resolve("a/x"), "t")).isTrue();
    assertThat(delivery.discard(landing, landing.resolve("a/x"), "t")).isTrue();
    assertThat(delivery.discard(landing, landing.resolve("x"), "t")).isTrue();
    assertThat(delivery.discard(landing, landing.resolve("absent/x"), "t")).isFalse();
    assertRefused(
        FailureCode.TARGET_UNSAFE, () -> delivery.discard(landing, landing.resolve("link/x"), "t"));

    assertThat(left).doesNotExist();
    assertThat(others).hasContent("other");
    assertThat(Files.exists(linked, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(beyond).hasContent("beyond");
  }

  @Test
  void copiesOfTwoTransfersToOneTargetDoNotMeet() {
    Path target = landing.resolve("x");
    assertThat(Delivery.temporary(target, "t1"))
        .hasParentRaw(landing.toAbsolutePath())
        .isNotEqualTo(Delivery.temporary(target, "t2"));
  }

  @Test
  void copyToAnotherFileSystemDoesNotFollowALinkEither() throws IOException {
    Path memory = SecondFileSystem.besides(directory);
    Path sealed = Files.writeString(directory.resolve("sealed"), "new");
    Path precious = Files.writeString(outside.resolve("precious"), "old");
    Path far = Files.createTempDirectory(memory, "dromedary-delivery-");
    Path temporary = Delivery.temporary(far.resolve("x"), "t");
    try {
      Files.createSymbolicLink(temporary, precious);

      assertThat(delivery.bringBeside(sealed, far, far.resolve("x"), "t", GOES_ON))
          .isEqualTo(temporary);

      assertThat(Files.isRegularFile(temporary, LinkOption.NOFOLLOW_LINKS)).isTrue();
      assertThat(temporary).hasContent("new");
      assertThat(precious).hasContent("old");
    } finally {
      Files.deleteIfExists(temporary);
      Files.delete(far);
    }
  }

  @Test
  void copyToAnotherFileSystemThatIsEndedLeavesNothing() throws IOException {
    Path memory = SecondFileSystem.besides(directory);
    Path sealed = Files.writeString(directory.resolve("sealed"), "new");
    Path far = Files.createTempDirectory(memory, "dromedary-delivery-");
    try {
      Runnable ends =
          () -> {
            throw new IllegalStateException("ends");
          };

      assertThatThrownBy(() -> delivery.bringBeside(sealed, far, far.resolve("x"), "t", ends))
          .hasMessage("ends");

      assertThat(far).isEmptyDirectory();
    } finally {
      Files.delete(far);
    }
  }

  @Test
  void copyToAnotherFileSystemIsNoMoreReadableThanWhatItReplaces() throws IOException {
    Path memory = SecondFileSystem.besides(directory);
    Path sealed = Files.writeString(directory.resolve("sealed"), "new");
    Path far = Files.createTempDirectory(memory, "dromedary-delivery-");
    Path target = far.resolve("x");
    Path temporary = Delivery.temporary(target, "t");
    try {
      Files.writeString(target, "old");
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--------"));
      FormerFile former = FormerFile.at(target);

      delivery.bringBeside(sealed, far, target, "t", GOES_ON);
      assertThat(permissions(temporary)).isEqualTo("rw-------");

      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      delivery.takeOver(former, far, target);
      assertThat(target).hasContent("new");
      assertThat(permissions(target)).isEqualTo("r--------");
    } finally {
      Files.deleteIfExists(temporary);
      Files.deleteIfExists(target);
      Files.delete(far);
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void assertRefused(FailureCode code, ThrowingCallable step) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            DromedaryException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
