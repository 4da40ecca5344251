package dev.dromedary.source;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Collects what is wrong with one file. Not thread-safe. */
final class Problems {

  /** A list with more problems than this has one cause; the rest is counted only. */
  static final int LIMIT = 10_000;

  private final String file;
  private final Consumer<Problem> warnings;
  private final List<Problem> found = new ArrayList<>();
  private long count;

  /** Creates a collection for a file. */
  Problems(String file) {
    this(file, warning -> {});
  }

  /** Creates a collection for a file; {@code warnings} are told at once and count for nothing. */
  Problems(String file, Consumer<Problem> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /** Tells of what can be used but should not stay so. */
  void warn(int line, String message) {
    warnings.accept(new Problem(file, line, printable(message)));
  }

  void add(int line, String message) {
    count++;
    if (found.size() < LIMIT) {
      found.add(new Problem(file, line, printable(message)));
    }
  }

  /** Returns how many were added so far. */
  long count() {
    return count;
  }

  /** Throws all of them in the order of their lines, if there are any. */
  void throwIfAny(FailureCode code) {
    if (count == 0) {
      return;
    }
    found.sort(Comparator.comparingInt(Problem::line));
    if (count > LIMIT) {
      found.add(new Problem(file, 0, "and " + (count - LIMIT) + " more problems"));
    }
    throw new ProblemsException(code, found);
  }

  /** Keeps a value with line breaks from forging lines of a log. */
  private static String printable(String message) {
    StringBuilder text = new StringBuilder(message.length());
    message
        .codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04X", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }
}
