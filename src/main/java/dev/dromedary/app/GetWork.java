package dev.dromedary.app;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.SourceRecord;
import dev.dromedary.part.PartPaths;
import dev.dromedary.source.TargetName;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@code get} without {@code --work} keeps part file and ledger: where all commands into
 * the same directory do, or apart, while another command is there (ADR 0009). Reads the directory
 * each time it is asked; thread-safe. Without a logger: it is loaded before the command line has
 * said how to log.
 *
 * @param landing the directory it lands in
 * @param target the name the file lands under, which is the id of its source
 */
public record GetWork(Path landing, String target) {

  /** Returns that of a run of given sources, when it works inside its landing zone. */
  static Optional<GetWork> of(Settings.Places places, @Nullable List<Source> sources) {
    Path shared = places.landing().resolve(TargetName.WORK_DIRECTORY);
    return sources != null && sources.size() == 1 && places.work().startsWith(shared)
        ? Optional.of(new GetWork(places.landing(), sources.get(0).target()))
        : Optional.empty();
  }

  /** Returns the landing zone around a work directory; empty where it is in none. */
  static Optional<Path> landingOf(Path work) {
    Path apart = work.toAbsolutePath().normalize();
    return Stream.of(apart, apart.resolveSibling(""))
        .filter(shared -> shared.endsWith(TargetName.WORK_DIRECTORY))
        .map(shared -> shared.resolveSibling(""))
        .findFirst();
  }

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

  /** Returns where all commands into the directory work. */
  Path shared() {
    return landing.resolve(TargetName.WORK_DIRECTORY);
  }

  private Path apart() {
    return shared().resolve("get-" + HexFormat.of().toHexDigits(hash()));
  }

  /** Returns a number that hardly another name has. */
  long hash() {
    return UUID.nameUUIDFromBytes(target.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
  }

  /**
   * Lets a ledger apart know what landed under the name, where the shared one knows better: then
   * one small request is all.
   *
   * @throws DromedaryException when the shared one cannot be read now
   */
  void remember(Ledger own) {
    Path file = WorkDirectory.ledger(shared());
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (Ledger known = Ledger.open(file, Clock.systemUTC(), new SecureRandom())) {
      Optional<SourceRecord> source = known.source(target);
      source.filter(record -> record.landed() != null).ifPresent(own::remember);
    }
  }
}
