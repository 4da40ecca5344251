package dev.dromedary.routing;

import dev.dromedary.source.OriginList;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ProblemsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of hosts as their file has them now. A file that was edited is read again at the
 * next poll; one that cannot be used is reported once and the last good one stays.
 *
 * <p>Thread-safe.
 */
public final class OriginCatalog {

  private static final Logger LOG = LoggerFactory.getLogger(OriginCatalog.class);

  private final @Nullable Path file;
  private final Function<Path, OriginList> reader;
  private String readStamp;
  private volatile @Nullable String refused;
  private volatile OriginList origins;

  private OriginCatalog(
      @Nullable Path file, Function<Path, OriginList> reader, OriginList origins, String stamp) {
    this.file = file;
    this.reader = reader;
    this.origins = origins;
    this.readStamp = stamp;
  }

  /**
   * Reads a file that may be edited later.
   *
   * @throws ProblemsException when it cannot be used
   */
  public static OriginCatalog of(Path file, Function<Path, OriginList> reader) {
    String stamp = EditStamp.of(file);
    return new OriginCatalog(file, reader, reader.apply(file), stamp);
  }

  /** Returns a catalog of given settings. */
  public static OriginCatalog of(OriginList origins) {
    return new OriginCatalog(null, path -> origins, origins, "");
  }

  /** Returns the settings in force. */
  public OriginList origins() {
    return origins;
  }

  /** Returns the file, if there is one. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Returns why the file as it is now cannot be used, while that is so. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refused);
  }

  /** Reads the file again if it was edited; reports what is wrong and keeps the last good one. */
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
      OriginList read = reader.apply(list);
      origins = read;
      refused = null;
      LOG.info("msg=\"origins read again\" file={} origins={}", list, read.entries().size());
    } catch (DromedaryException refused) {
      this.refused = refused.getMessage();
      LOG.error(
          "code={} msg=\"origins refused, the last good ones stay\" problems=\"{}\"",
          refused.code().label(),
          refused.getMessage());
    }
  }
}
