package dev.dromedary.cli;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a user can do with what arrived of failed transfers, as far as it is true. Pure. */
final class KeptNote {

  /**
   * What a server refuses; codes above are about what came, which is set aside, not gone on with.
   */
  private static final int LAST_REFUSAL = 4499;

  private KeptNote() {}

  /**
   * Returns a line for those that another run goes on with, one for those it may, and one for those
   * of which nothing tells that what it would fetch is of the same version.
   */
  static List<String> lines(List<TransferEvent> ended) {
    List<String> lines = new ArrayList<>();
    if (any(ended, TransferEvent::mayResume, KeptNote::helpsAnotherRun)) {
      lines.add("What arrived of the failed is kept; run it again to go on.");
    }
    if (any(ended, TransferEvent::mayResume, KeptNote::isRefused)) {
      lines.add(
          "What arrived before a server refused the rest is kept; once its reason is mended, run it"
              + " again to go on.");
    }
    if (any(ended, event -> !event.mayResume(), code -> helpsAnotherRun(code) || isRefused(code))) {
      lines.add(
          "The server gives neither ETag nor Last-Modified, so what arrived cannot be resumed; with"
              + " a digest (get: --digest) it can.");
    }
    return lines;
  }

  private static boolean any(
      List<TransferEvent> ended, Predicate<TransferEvent> which, Predicate<FailureCode> fits) {
    return ended.stream()
        .filter(event -> !event.isGood() && event.receivedBytes() > 0 && which.test(event))
        .anyMatch(event -> event.code() != null && fits.test(event.code()));
  }

  private static boolean helpsAnotherRun(FailureCode code) {
    FailureAction action = code.action();
    return action == FailureAction.RETRY
        || action == FailureAction.SHORTAGE
        || action == FailureAction.OPERATOR
        || action == FailureAction.SUSPEND;
  }

  private static boolean isRefused(FailureCode code) {
    return code.action() == FailureAction.SOURCE_OWNER && code.number() <= LAST_REFUSAL;
  }
}
