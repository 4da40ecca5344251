package dev.dromedary.lint;

import dev.dromedary.transfer.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The order in which a user corrects things: file by file, from its top. */
final class ProblemOrder {

  private ProblemOrder() {}

  static List<Problem> sorted(Collection<Problem> problems) {
    return problems.stream()
        .distinct()
        .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
        .toList();
  }
}
