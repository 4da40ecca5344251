package dev.dromedary.cli;

import dev.dromedary.app.PollSummary;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;

/** The exit statuses, the same for every command. */
final class ExitStatus {

  /** Everything landed or was unchanged; a service was stopped in order. */
  static final int OK = 0;

  /** At least one transfer failed. */
  static final int FAILED = 1;

  /** The command line, the configuration or what it names is wrong; nothing was touched. */
  static final int USAGE = 2;

  /** Stopped by SIGINT; SIGTERM gives 143. The virtual machine itself gives these. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}

  /** Returns the status of a poll: good only when every due source ended well. */
  static int of(PollSummary summary) {
    boolean allGood = summary.ended().stream().allMatch(TransferEvent::isGood);
    return allGood && summary.ended().size() >= summary.due() ? OK : FAILED;
  }

  /** Returns the status of what kept a command from running. */
  static int of(DromedaryException failure) {
    boolean isEnvironment =
        failure.code().action() == FailureAction.OPERATOR
            || failure.code().action() == FailureAction.SHORTAGE
            || failure.code() == FailureCode.NO_THREAD;
    return isEnvironment ? USAGE : FAILED;
  }
}
