package dev.dromedary.source;

import dev.dromedary.transfer.Source;
import java.util.List;
import java.util.Optional;

/**
 * A source list without problems.
 *
 * @param sources in the order they were written; ids and targets are unique, may be empty
 */
public record SourceList(List<Source> sources) {

  public SourceList {
    sources = List.copyOf(sources);
  }

  /** Finds a source by its id. */
  public Optional<Source> find(String id) {
    return sources.stream().filter(source -> source.id().equals(id)).findFirst();
  }
}
