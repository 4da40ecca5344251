package dev.dromedary.routing;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.ProblemsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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

  /** How long what was refused is left alone, and how often as long as it took to read. */
  private static final long REFUSED_NANOS = 5_000_000_000L;

  private static final int REFUSED_TIMES = 20;

  private static final int LOOKS_WHILE_WRITTEN = 3;

  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final @Nullable Path file;
  private final Function<Path, T> reader;
  private final Words<T> words;
  private final LongSupplier nanoClock;
  private String readStamp;
  private int looksWhileWritten;
  private long againNanos;
  private volatile @Nullable String refused;
  private volatile T content;

  private EditedFile(
      @Nullable Path file,
      Function<Path, T> reader,
      Words<T> words,
      LongSupplier nanoClock,
      String stamp,
      T content) {
    this.file = file;
    this.reader = reader;
    this.words = words;
    this.nanoClock = nanoClock;
    this.readStamp = stamp;
    this.content = content;
  }

  /**
   * Reads a file that may be edited later.
   *
   * @throws ProblemsException when it cannot be used
   */
  static <T> EditedFile<T> of(Path file, Function<Path, T> reader, Words<T> words) {
    return of(file, reader, words, System::nanoTime);
  }

  /** Reads one as {@link #of(Path, Function, Words)}, by another clock. */
  static <T> EditedFile<T> of(
      Path file, Function<Path, T> reader, Words<T> words, LongSupplier nanoClock) {
    String stamp = EditStamp.of(file);
    return new EditedFile<>(file, reader, words, nanoClock, stamp, reader.apply(file));
  }

  /** Returns what is given and stays, without a file. */
  static <T> EditedFile<T> none(T content, Words<T> words) {
    return new EditedFile<>(null, path -> content, words, () -> 0, "", content);
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

  /**
   * Reads it again if it was edited, or refused some time ago, since what it refers to may be there
   * by now; reports what is wrong, once, and keeps the last good content. What is being written may
   * lack its end, and waits for the next look.
   */
  void refresh() {
    refresh(false);
  }

  /**
   * Reads it again as {@link #refresh} does, also without an end: somebody says that it is whole.
   */
  void refreshNow() {
    refresh(true);
  }

  private synchronized void refresh(boolean isWhole) {
    Path edited = file;
    if (edited == null || EditStamp.isReadOnce(edited)) {
      return;
    }
    String stamp = EditStamp.of(edited);
    long begunNanos = nanoClock.getAsLong();
    boolean isWorthAnotherLook = refused != null && begunNanos - againNanos >= 0;
    if (stamp.equals(readStamp) && !isWorthAnotherLook) {
      return;
    }
    if (!isWhole && EditStamp.isBeingWritten(edited, SETTLED, Instant.now())) {
      return;
    }
    readStamp = stamp;
    try {
      T read = reader.apply(edited);
      if (isWrittenSince(edited, stamp)) {
        return;
      }
      content = read;
      refused = null;
      LOG.info(words.readAgain, edited, words.count.applyAsInt(read));
    } catch (DromedaryException refusal) {
      if (isWrittenSince(edited, stamp)) {
        return;
      }
      refused(refusal.code(), String.valueOf(refusal.getMessage()), null);
    } catch (RuntimeException defect) {
      refused(FailureCode.BUG_FOUND, edited + ": expected to be read, found " + defect, defect);
    }
    long endNanos = nanoClock.getAsLong();
    againNanos = endNanos + Math.max(REFUSED_NANOS, REFUSED_TIMES * (endNanos - begunNanos));
  }

  /** What is written on and on is taken as it is after some looks. */
  private boolean isWrittenSince(Path edited, String stamp) {
    boolean isWritten = !EditStamp.of(edited).equals(stamp);
    looksWhileWritten = isWritten ? looksWhileWritten + 1 : 0;
    return isWritten && looksWhileWritten % LOOKS_WHILE_WRITTEN != 0;
  }

  private void refused(FailureCode code, String found, @Nullable RuntimeException defect) {
    LOG.atLevel(found.equals(refused) ? Level.DEBUG : Level.ERROR)
        .setCause(defect)
        .log(words.refused, code.label(), found);
    refused = found;
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
