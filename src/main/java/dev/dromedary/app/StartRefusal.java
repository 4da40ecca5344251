package dev.dromedary.app;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Why a service does not start: all that is wrong, not only what a start comes upon first. */
final class StartRefusal {

  private StartRefusal() {}

  /**
   * Returns a refusal with what {@link CheckRunner} finds besides. Of a command it stays as it is:
   * its list may have been standard input, which is read once. What is of several kinds has the
   * code of the configuration.
   */
  static ProblemsException withAll(RunRequest request, ProblemsException refusal) {
    if (request.mode() != RunMode.SERVICE) {
      return refusal;
    }
    Set<Problem> all = new LinkedHashSet<>(refusal.problems());
    try {
      all.addAll(CheckRunner.check(request).problems());
    } catch (DromedaryException e) {
      refusal.addSuppressed(e);
    }
    return all.size() == refusal.problems().size()
        ? refusal
        : new ProblemsException(FailureCode.CONFIGURATION, List.copyOf(all));
  }
}
