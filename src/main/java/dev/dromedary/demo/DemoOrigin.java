package dev.dromedary.demo;

import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Stands in for the demo's origin server until it is merged. */
public final class DemoOrigin implements AutoCloseable {

  private DemoOrigin() {}

  /** Starts the server on a free loopback port. */
  public static DemoOrigin start() throws IOException {
    return new DemoOrigin();
  }

  /** Writes a source list that names its files. */
  public void writeSourceList(Path file) throws IOException {
    Files.writeString(file, "sources: []\n");
  }

  /** Returns how each source has to end. */
  public Map<String, TransferState> expected() {
    return Map.of();
  }

  @Override
  public void close() {}
}
