package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where and how files appear in the landing zone. */
class LandingTest extends RunningFlow {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK, CHUNK + 1})
  void everySizeLands(int size) {
    Content content = content(size);
    assertLanded(flow.fetch(serve("size-" + size, content).withDigestOf(content)), content);
    assertThat(requests("size-" + size)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b  c.bin",
        "ünï-文件-🐪.bin",
        "per%20cent+plus&and=.bin",
        "a#b?c;d.bin",
        "$(file:name)~.bin",
        ".hidden",
        "sub/dir/ectory/file name.bin"
      })
  void everyNameLandsAsItIsWritten(String target) {
    Content content = content(1000);
    String id = "name-" + Integer.toHexString(target.hashCode());
    TransferEvent end = flow.fetch(serve(id, content).to(target));
    assertLanded(end, content);
    assertThat(flow.landed(target)).isRegularFile();
  }

  @Test
  void directoryUnderTheTargetsNameIsAFailureOfDelivery() throws IOException {
    Files.createDirectories(flow.landed("directory/inside"));
    TransferEvent end = flow.fetch(serve("directory", content(1000)));
    assertThat(end.state()).isEqualTo(TransferState.FAILED);
    assertThat(end.code()).isEqualTo(FailureCode.DELIVERY_FAILED);
    assertThat(flow.landed("directory/inside")).isDirectory();
    assertThat(flow.staged("directory")).isNotEmpty();
  }

  @Test
  void symbolicLinkUnderTheTargetsNameIsRefused_notFollowed(@TempDir Path other)
      throws IOException {
    Path victim = Files.writeString(other.resolve("victim"), "untouched");
    Files.createSymbolicLink(flow.landed("link.bin"), victim);
    Content content = content(1000);
    TransferEvent end = flow.fetch(serve("link.bin", content));
    assertThat(end.code()).as("%s", end).isEqualTo(FailureCode.TARGET_UNSAFE);
    assertThat(Files.isSymbolicLink(flow.landed("link.bin"))).isTrue();
    assertThat(flow.staged("link.bin")).isNotEmpty();
    assertThat(victim).hasContent("untouched");
  }

  @Test
  void fileInTheWayIsReplacedByTheWholeNewOne() throws IOException {
    Files.writeString(flow.landed("taken.bin"), "something");
    Content content = content(1000);
    assertLanded(flow.fetch(serve("taken.bin", content)), content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--r-----", "rwxrwxrwx"})
  void fileThatIsReplacedLeavesItsPermissionsToTheNewOne(String permissions) throws IOException {
    String id = "mode-" + permissions;
    Path before = Files.writeString(flow.landed(id), "something");
    Files.setPosixFilePermissions(before, PosixFilePermissions.fromString(permissions));
    Content content = content(1000);

    assertLanded(flow.fetch(serve(id, content)), content);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(flow.landed(id))))
        .isEqualTo(permissions);
  }

  @Test
  void fileThatIsReplacedLeavesItsOwnerToTheNewOne() throws IOException {
    Path before = Files.writeString(flow.landed("owned.bin"), "something");
    try {
      Files.setAttribute(before, "unix:uid", 65_534);
      Files.setAttribute(before, "unix:gid", 65_534);
    } catch (IOException e) {
      assumeTrue(false, "only root gives files away");
    }
    Content content = content(1000);

    assertLanded(flow.fetch(serve("owned.bin", content)), content);

    assertThat(Files.readAttributes(flow.landed("owned.bin"), "unix:uid,gid"))
        .containsEntry("uid", 65_534)
        .containsEntry("gid", 65_534);
  }
}
