package dev.dromedary.operate;

import dev.dromedary.routing.OriginCatalog;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.transfer.MaskedText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files whose last edit cannot be used, so that what they said before still holds. Thread-safe.
 */
final class RefusedFiles {

  private static final int LONGEST = 2000;

  private final SourceCatalog sources;
  private final OriginCatalog origins;

  RefusedFiles(SourceCatalog sources, OriginCatalog origins) {
    this.sources = sources;
    this.origins = origins;
  }

  /** Returns what is wrong with each of them, by its path. */
  Map<String, String> now() {
    Map<String, String> refused = new TreeMap<>();
    note(refused, sources.file(), sources.refusal());
    note(refused, origins.file(), origins.refusal());
    return refused;
  }

  private static void note(Map<String, String> refused, Optional<Path> file, Optional<String> why) {
    file.ifPresent(path -> why.ifPresent(problems -> refused.put(path.toString(), told(problems))));
  }

  private static String told(String problems) {
    String masked = MaskedText.plain(problems);
    return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "…";
  }
}
