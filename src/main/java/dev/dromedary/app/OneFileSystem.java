package dev.dromedary.app;

import dev.dromedary.transfer.Problem;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.util.Optional;

/** Whether what was verified can be delivered by a rename, which copies nothing (ADR 0006). */
final class OneFileSystem {

  private OneFileSystem() {}

  /** Returns what a user is warned of when each file will be copied. Reads only. */
  static Optional<Problem> warning(RunRequest request, Settings settings) {
    Path work = settings.places().work();
    Path landing = settings.places().landing();
    Optional<FileStore> kept = DirectoryObstacle.fileSystem(work);
    Optional<FileStore> landed = DirectoryObstacle.fileSystem(landing);
    if (kept.isEmpty() || landed.isEmpty() || kept.equals(landed)) {
      return Optional.empty();
    }
    return Optional.of(
        SettingPlaces.problem(
            request,
            SettingKey.WORK,
            SettingKey.WORK.key()
                + " '"
                + work
                + "': expected to be on the file system of the landing zone '"
                + landing
                + "' ("
                + landed.get()
                + "), found "
                + kept.get()
                + ", so that each file is copied when it is delivered, and needs its room on both"));
  }
}
