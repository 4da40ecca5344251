package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StagingFailuresTest {

  private final SimulatedDisk disk = new SimulatedDisk();
  private final StagingFailures failures = new StagingFailures(disk, Path.of("staging"), Staged.ID);

  @Test
  void tellsWhoHasToAct() {
    assertThat(code(new IOException("No space left on device"))).isEqualTo(FailureCode.DISK_FULL);
    assertThat(code(new IOException("Disk quota exceeded"))).isEqualTo(FailureCode.DISK_FULL);
    assertThat(code(new IOException("x: Read-only file system")))
        .isEqualTo(FailureCode.PERMISSION_DENIED);
    assertThat(code(new AccessDeniedException("x"))).isEqualTo(FailureCode.PERMISSION_DENIED);
    assertThat(code(new FileSystemException("x", null, "Too many open files")))
        .isEqualTo(FailureCode.NO_DESCRIPTOR);
    assertThat(code(new IOException("Input/output error"))).isEqualTo(FailureCode.STAGING_FAILED);
    assertThat(code(new IOException())).isEqualTo(FailureCode.STAGING_FAILED);
  }

  @Test
  void findsAFullDiskInAnyLanguage() {
    disk.limitFilesTo(100);
    assertThat(code(new IOException("Aygıtta boş yer kalmadı"))).isEqualTo(FailureCode.DISK_FULL);
  }

  private FailureCode code(IOException cause) {
    return failures.of("write", cause).code();
  }
}
