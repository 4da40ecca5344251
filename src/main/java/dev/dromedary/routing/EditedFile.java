package dev.dromedary.routing;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.ProblemsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file says that may be edited while the service runs. An edit is read when it is looked
 * for; one that cannot be used, be it because of a defect of ours, is reported once and the last
 * good one stays.
 *
 * <p>Thread-safe.
 *
 * @param <T> what is read of it, immutable
 */
final class EditedFile<T> {

  private static final Logger LOG = LoggerFactory.getLogger(EditedFile.class);

  private final @Nullable Path file;
  private final Function<Path, T> reader;
  private final Words<T> words;
  private String readStamp;
  private volatile @Nullable String refused;
  private volatile T content;

  private EditedFile(
      @Nullable Path file, Function<Path, T> reader, Words<T> words, String stamp, T content) {
    this.file = file;
    this.reader = reader;
    this.words = words;
    this.readStamp = stamp;
    this.content = content;
  }

  /**
   * Reads a file that may be edited later.
   *
   * @throws ProblemsException when it cannot be used
   */
  static <T> EditedFile<T> of(Path file, Function<Path, T> reader, Words<T> words) {
    String stamp = EditStamp.of(file);
    return new EditedFile<>(file, reader, words, stamp, reader.apply(file));
  }

  /** Returns what is given and stays, without a file. */
  static <T> EditedFile<T> none(T content, Words<T> words) {
    return new EditedFile<>(null, path -> content, words, "", content);
  }

  /** Returns what it says, as far as it could be used. */
  T content() {
    return content;
  }

  /** Returns the file, if there is one. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Returns why it cannot be used as it is now, while that is so. */
  Optional<String> refusal() {
    return Optional.ofNullable(refused);
  }

  /** Reads it again if it was edited; reports what is wrong and keeps the last good content. */
  synchronized void refresh() {
    Path edited = file;
    if (edited == null) {
      return;
    }
    String stamp = EditStamp.of(edited);
    if (stamp.equals(readStamp)) {
      return;
    }
    readStamp = stamp;
    try {
      T read = reader.apply(edited);
      content = read;
      refused = null;
      LOG.info(words.readAgain, edited, words.count.applyAsInt(read));
    } catch (DromedaryException refusal) {
      refused = refusal.getMessage();
      LOG.error(words.refused, refusal.code().label(), refusal.getMessage());
    } catch (RuntimeException defect) {
      String found = edited + ": expected to be read, found " + defect;
      refused = found;
      LOG.error(words.refused, FailureCode.BUG_FOUND.label(), found, defect);
    }
  }

  /**
   * How an edit is told, in lines of the log.
   *
   * @param readAgain takes the file and the number of entries
   * @param refused takes the code and the problems
   * @param count how many entries there are
   */
  record Words<T>(String readAgain, String refused, ToIntFunction<T> count) {}
}
