package dev.dromedary.app;

import dev.dromedary.transfer.TooManyFiles;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many files and sockets this process may still open, as the system answers. Stateless, and of
 * use where no class of another archive can be loaded any more.
 */
final class OpenFiles {

  /** What a failed step may have closed again before it is asked. */
  private static final int FEW = 16;

  /** Part file, journal and connection of a transfer, and one for its syncs and delivery. */
  private static final int FOR_A_TRANSFER = 4;

  private OpenFiles() {}

  /**
   * Returns how many files would have to be allowed so that one connection of each transfer finds
   * its files; empty where they are, or the system does not tell. Asked when the program itself has
   * opened what it needs.
   */
  static OptionalLong wantedBeyondLimit(int transfers) {
    try {
      long wanted = count("OpenFileDescriptorCount") + (long) FOR_A_TRANSFER * transfers;
      return wanted > count("MaxFileDescriptorCount")
          ? OptionalLong.of(wanted)
          : OptionalLong.empty();
    } catch (JMException untold) {
      return OptionalLong.empty();
    }
  }

  private static long count(String attribute) throws JMException {
    Object told =
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), attribute);
    return ((Number) told).longValue();
  }

  /** Says whether hardly any more could be opened now; asks by opening. */
  static boolean areFewLeft() {
    List<InputStream> opened = new ArrayList<>();
    try {
      while (opened.size() < FEW) {
        opened.add(new FileInputStream("/dev/null"));
      }
      return false;
    } catch (IOException e) {
      return TooManyFiles.isSaidBy(e);
    } finally {
      opened.forEach(OpenFiles::close);
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
