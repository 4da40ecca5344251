package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BootIdTest {

  @Test
  void equalsNoBoot_whenItIsUnknown() {
    assertThat(BootId.UNKNOWN.isSameBootAs(BootId.UNKNOWN)).isFalse();
    assertThat(Staged.BOOT.isSameBootAs(Staged.NEXT_BOOT)).isFalse();
    assertThat(Staged.BOOT.isSameBootAs(new BootId(" boot-1\n"))).isTrue();
  }

  @Test
  void isKnownWhereTheKernelSaysIt() {
    boolean isSaid = Files.exists(Path.of("/proc/sys/kernel/random/boot_id"));
    assertThat(BootId.current().isSameBootAs(BootId.current())).isEqualTo(isSaid);
  }
}
