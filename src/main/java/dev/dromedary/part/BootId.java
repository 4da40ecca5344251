package dev.dromedary.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Names one run of an operating system's kernel: what was written but not synced survives the end
 * of a process, and does not survive the end of a boot.
 *
 * @param value the kernel's own name of the boot; blank when it has none
 */
public record BootId(String value) {

  /** A boot that cannot be told from another; it equals none, not even itself. */
  public static final BootId UNKNOWN = new BootId("");

  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  public BootId {
    value = value.strip();
  }

  /** Asks the kernel; {@link #UNKNOWN} where it does not say. */
  public static BootId current() {
    try {
      return new BootId(Files.readString(LINUX));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Says whether both are known and the same. */
  public boolean isSameBootAs(BootId other) {
    return !value.isEmpty() && value.equals(other.value);
  }
}
