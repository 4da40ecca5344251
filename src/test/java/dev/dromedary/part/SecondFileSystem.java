package dev.dromedary.part;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A place on another file system, where this machine has one. */
public final class SecondFileSystem {

  private SecondFileSystem() {}

  /** Returns a directory to write to that is on another file system than this one. */
  public static Path besides(Path directory) throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "there is no second file system");
    assumeTrue(!Files.getFileStore(memory).equals(Files.getFileStore(directory)), "it is the same");
    return memory;
  }
}
