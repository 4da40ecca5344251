package dev.dromedary.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The bytes that the kernel holds between a server of this machine and its clients, which the one
 * has sent and the others have not read.
 *
 * @param port where the server listens
 */
record SocketQueues(int port) {

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int QUEUES = 4;

  /** Returns how many bytes of answers are under way at this moment. */
  long unreadBytes() throws IOException {
    long bytes = 0;
    for (Path table : TABLES) {
      for (String line : Files.readAllLines(table)) {
        String[] columns = line.strip().split("\\s+");
        String[] queues = columns[QUEUES].split(":");
        if (isOurs(columns[LOCAL])) {
          bytes += Long.parseLong(queues[0], 16);
        } else if (isOurs(columns[REMOTE])) {
          bytes += Long.parseLong(queues[1], 16);
        }
      }
    }
    return bytes;
  }

  private boolean isOurs(String address) {
    return address.endsWith(":%04X".formatted(port));
  }
}
