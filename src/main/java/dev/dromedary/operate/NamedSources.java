package dev.dromedary.operate;

import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.source.IdPattern;
import dev.dromedary.transfer.Source;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The sources that commands mean by an id or a pattern. Thread-safe. */
final class NamedSources {

  private final SourceCatalog catalog;

  NamedSources(SourceCatalog catalog) {
    this.catalog = catalog;
  }

  /** Returns the ids of those in the list, in its order; of an id that is one, no others. */
  List<String> of(String pattern) {
    return of(pattern, Set.of());
  }

  /** Returns the same, and behind them those of {@code others} that may have left the list. */
  List<String> of(String pattern, Set<String> others) {
    if (catalog.find(pattern).isPresent() || others.contains(pattern)) {
      return List.of(pattern);
    }
    IdPattern wanted = IdPattern.of(pattern);
    Stream<String> listed = catalog.sources().stream().map(Source::id);
    return Stream.concat(listed, others.stream()).filter(wanted::matches).distinct().toList();
  }
}
