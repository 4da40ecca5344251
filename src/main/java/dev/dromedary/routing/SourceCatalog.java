package dev.dromedary.routing;

import dev.dromedary.source.HostPattern;
import dev.dromedary.source.SourceList;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.ProblemsException;
import dev.dromedary.transfer.Source;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The sources as their list names them now. A list that was edited is read again at the next poll,
 * or when an attempt fails before that; one that cannot be used is reported once and the last good
 * one stays.
 *
 * <p>Thread-safe.
 */
public final class SourceCatalog {

  private static final EditedFile.Words<Listed> WORDS =
      new EditedFile.Words<>(
          "msg=\"source list read again\" file={} sourceCount={}",
          "code={} msg=\"source list refused, the last good one stays\" problems=\"{}\"",
          listed -> listed.sources.size());

  private final EditedFile<Listed> list;

  private SourceCatalog(EditedFile<Listed> list) {
    this.list = list;
  }

  /**
   * Reads a list that may be edited later.
   *
   * @throws ProblemsException when it cannot be used
   */
  public static SourceCatalog of(Path file, Function<Path, SourceList> reader) {
    return new SourceCatalog(
        EditedFile.of(file, path -> Listed.of(reader.apply(path).sources()), WORDS));
  }

  /** Returns a catalog of given sources. */
  public static SourceCatalog of(List<Source> sources) {
    return new SourceCatalog(EditedFile.none(Listed.of(sources), WORDS));
  }

  /** Returns the sources in the order of the list. */
  public List<Source> sources() {
    return list.content().sources;
  }

  /** Finds a source. */
  public Optional<Source> find(String id) {
    return Optional.ofNullable(list.content().byId.get(id));
  }

  /** Says whether the list names a source in any way otherwise by now, or not at all. */
  boolean isEdited(Source before) {
    return !find(before.id()).equals(Optional.of(before));
  }

  /** Says whether the list names something else to be fetched by now under the id of a source. */
  boolean asksOtherwise(Source before) {
    return find(before.id()).filter(now -> !now.fetchesTheSameAs(before)).isPresent();
  }

  /**
   * Says whether the list names something else to be fetched by now under an id.
   *
   * @param asked what it named before, by its {@link Fingerprint#ofAsked}
   */
  boolean asksOtherwise(String sourceId, String asked) {
    return find(sourceId).filter(now -> !Fingerprint.ofAsked(now).equals(asked)).isPresent();
  }

  /**
   * Says whether the list names something else under an id than what failed, for which a new
   * signature is as good as another URL or not.
   *
   * @param asked what it named before, with or without the signature of its URLs
   */
  boolean isEditedSinceItFailed(String sourceId, String asked) {
    return find(sourceId)
        .filter(now -> !asked.equals(Fingerprint.ofAskedUnsigned(now)))
        .filter(now -> !asked.equals(Fingerprint.ofAsked(now)))
        .isPresent();
  }

  /** Says whether a URL of a source, or that of its digest file, is of such a host. */
  public boolean names(HostPattern host) {
    return sources().stream()
        .flatMap(
            source ->
                Stream.concat(
                    source.urls().stream(), source.digestFile().map(DigestFile::url).stream()))
        .anyMatch(url -> host.matches(Mirror.host(url)));
  }

  /** Returns the file of the list, if there is one. */
  public Optional<Path> file() {
    return list.file();
  }

  /** Returns why the list as it is now cannot be used, while that is so. */
  public Optional<String> refusal() {
    return list.refusal();
  }

  /** Reads the list again if it was edited; reports what is wrong and keeps the last good one. */
  public void refresh() {
    list.refresh();
  }

  /** Reads the list again as {@link #refresh} does, for somebody who has just edited it. */
  public void refreshNow() {
    list.refreshNow();
  }

  /** The sources in the order of the list, and by their ids. */
  private record Listed(List<Source> sources, Map<String, Source> byId) {

    static Listed of(List<Source> sources) {
      Map<String, Source> byId = new HashMap<>();
      sources.forEach(source -> byId.put(source.id(), source));
      return new Listed(List.copyOf(sources), Map.copyOf(byId));
    }
  }
}
