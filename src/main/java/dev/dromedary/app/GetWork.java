package dev.dromedary.app;

import dev.dromedary.part.PartPaths;
import dev.dromedary.source.TargetName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a {@code get} without {@code --work} keeps part file and ledger: where all commands into
 * the same directory do, or apart, while another command is there (ADR 0009). Reads the directory
 * each time it is asked; thread-safe.
 *
 * @param landing the directory it lands in
 * @param target the name the file lands under, which is the id of its source
 */
public record GetWork(Path landing, String target) {

  /** Returns where to begin: apart, where this file was fetched apart before. */
  public Path first() {
    return Files.isDirectory(apart()) && !hasBegunInShared() ? apart() : shared();
  }

  /**
   * Returns where to go when that is taken; empty where bytes of this very file are with whoever
   * took it.
   */
  public Optional<Path> second() {
    return hasBegunInShared() || Files.isDirectory(apart())
        ? Optional.empty()
        : Optional.of(apart());
  }

  private boolean hasBegunInShared() {
    return Files.exists(new PartPaths(WorkDirectory.staging(shared())).partFile(target));
  }

  private Path shared() {
    return landing.resolve(TargetName.WORK_DIRECTORY);
  }

  private Path apart() {
    return shared().resolve("get-" + HexFormat.of().toHexDigits(target.hashCode()));
  }
}
