package dev.dromedary.cli;

import dev.dromedary.app.DirectoryObstacle;
import java.nio.file.Path;

/** A directory of the command line that is to be written to. */
final class DirectoryArgument {

  private DirectoryArgument() {}

  /**
   * Makes sure that a directory can be written, or made.
   *
   * @param name the option that names it
   * @param written what the user wrote
   * @throws UsageException when something is in the way
   */
  static void requireUsable(String name, String written, Path directory) {
    DirectoryObstacle.of(directory)
        .ifPresent(
            found -> {
              throw new UsageException(
                  name + " '" + written + "': expected a directory to write to, found " + found);
            });
  }
}
