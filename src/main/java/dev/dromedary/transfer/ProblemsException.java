package dev.dromedary.transfer;

import java.util.List;
import java.util.stream.Collectors;

/** What a user wrote cannot be used; carries every problem found, not only the first. */
public final class ProblemsException extends DromedaryException {

  private final transient List<Problem> problems;

  /** Creates the exception from at least one problem. */
  public ProblemsException(FailureCode code, List<Problem> problems) {
    super(code, problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems in the order they stand in the file. */
  public List<Problem> problems() {
    return problems;
  }
}
