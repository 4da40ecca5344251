package dev.dromedary.cli;

import dev.dromedary.transfer.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory of a demo: fresh each time, and never anybody else's. */
final class DemoDirectory {

  private static final String MARKER = ".dromedary-demo";

  private DemoDirectory() {}

  /**
   * Empties what an earlier demo left, or creates the directory.
   *
   * @throws UsageException when it holds something no demo has put there, or cannot be written
   */
  static void prepare(Path directory) {
    try {
      if (Files.exists(directory) && !Files.exists(directory.resolve(MARKER)) && holds(directory)) {
        throw new UsageException(
            directory + ": is not empty and not from an earlier demo, give another --dir");
      }
      Files.createDirectories(directory);
      empty(directory);
      Files.writeString(
          directory.resolve(MARKER), "Made by dromedary demo, emptied by the next.\n");
    } catch (IOException e) {
      throw new UsageException(
          directory + ": expected a directory to write to, found " + Found.writing(e));
    }
  }

  private static boolean holds(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isPresent();
    }
  }

  private static void empty(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.filter(path -> !path.equals(directory)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
