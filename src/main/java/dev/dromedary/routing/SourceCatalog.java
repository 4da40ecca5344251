package dev.dromedary.routing;

import dev.dromedary.source.SourceList;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ProblemsException;
import dev.dromedary.transfer.Source;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources as their list names them now. A list that was edited is read again at the next poll,
 * or when an attempt fails before that; one that cannot be used is reported once and the last good
 * one stays.
 *
 * <p>Thread-safe.
 */
public final class SourceCatalog {

  private static final Logger LOG = LoggerFactory.getLogger(SourceCatalog.class);

  private final @Nullable Path file;
  private final Function<Path, SourceList> reader;
  private String readStamp;
  private volatile @Nullable String refused;
  private volatile Map<String, Source> byId;
  private volatile List<Source> sources;

  private SourceCatalog(
      @Nullable Path file, Function<Path, SourceList> reader, List<Source> sources, String stamp) {
    this.file = file;
    this.reader = reader;
    this.sources = List.copyOf(sources);
    this.byId = index(sources);
    this.readStamp = stamp;
  }

  /**
   * Reads a list that may be edited later.
   *
   * @throws ProblemsException when it cannot be used
   */
  public static SourceCatalog of(Path file, Function<Path, SourceList> reader) {
    String stamp = EditStamp.of(file);
    return new SourceCatalog(file, reader, reader.apply(file).sources(), stamp);
  }

  /** Returns a catalog of given sources. */
  public static SourceCatalog of(List<Source> sources) {
    return new SourceCatalog(null, path -> new SourceList(sources), sources, "");
  }

  /** Returns the sources in the order of the list. */
  public List<Source> sources() {
    return sources;
  }

  /** Finds a source. */
  public Optional<Source> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Returns the file of the list, if there is one. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Returns why the list as it is now cannot be used, while that is so. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refused);
  }

  /** Reads the list again if it was edited; reports what is wrong and keeps the last good one. */
  public synchronized void refresh() {
    Path list = file;
    if (list == null) {
      return;
    }
    String stamp = EditStamp.of(list);
    if (stamp.equals(readStamp)) {
      return;
    }
    readStamp = stamp;
    try {
      List<Source> read = reader.apply(list).sources();
      byId = index(read);
      sources = List.copyOf(read);
      refused = null;
      LOG.info("msg=\"source list read again\" file={} sources={}", list, read.size());
    } catch (DromedaryException refused) {
      this.refused = refused.getMessage();
      LOG.error(
          "code={} msg=\"source list refused, the last good one stays\" problems=\"{}\"",
          refused.code().label(),
          refused.getMessage());
    }
  }

  private static Map<String, Source> index(List<Source> sources) {
    Map<String, Source> index = new HashMap<>();
    sources.forEach(source -> index.put(source.id(), source));
    return Map.copyOf(index);
  }
}
