package dev.dromedary.routing;

import dev.dromedary.source.OriginList;
import dev.dromedary.transfer.ProblemsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings of hosts as their file has them now. A file that was edited is read again at the
 * next poll; one that cannot be used is reported once and the last good one stays.
 *
 * <p>Thread-safe.
 */
public final class OriginCatalog {

  private static final EditedFile.Words<OriginList> WORDS =
      new EditedFile.Words<>(
          "msg=\"origins read again\" file={} origins={}",
          "code={} msg=\"origins refused, the last good ones stay\" problems=\"{}\"",
          list -> list.entries().size());

  private final EditedFile<OriginList> list;

  private OriginCatalog(EditedFile<OriginList> list) {
    this.list = list;
  }

  /**
   * Reads a file that may be edited later.
   *
   * @throws ProblemsException when it cannot be used
   */
  public static OriginCatalog of(Path file, Function<Path, OriginList> reader) {
    return new OriginCatalog(EditedFile.of(file, reader, WORDS));
  }

  /** Returns a catalog of given settings. */
  public static OriginCatalog of(OriginList origins) {
    return new OriginCatalog(EditedFile.none(origins, WORDS));
  }

  /** Returns the settings in force. */
  public OriginList origins() {
    return list.content();
  }

  /** Returns the file, if there is one. */
  public Optional<Path> file() {
    return list.file();
  }

  /** Returns why the file as it is now cannot be used, while that is so. */
  public Optional<String> refusal() {
    return list.refusal();
  }

  /** Reads the file again if it was edited; reports what is wrong and keeps the last good one. */
  public void refresh() {
    list.refresh();
  }
}
