package dev.dromedary.cli;

import dev.dromedary.app.PollSummary;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;

/** The exit statuses, and what a help text says of them: {@code NUMBER:MEANING}. */
final class ExitStatus {

  /** Everything landed or was unchanged; a service was stopped in order. */
  static final int OK = 0;

  /** At least one transfer failed, or something else could not be done. */
  static final int FAILED = 1;

  /** The command line, the configuration or what it names is wrong; nothing was touched. */
  static final int USAGE = 2;

  /** Stopped by SIGINT; SIGTERM gives 143. The virtual machine itself gives these. */
  static final int INTERRUPTED = 130;

  /** What {@link #FAILED} means of a command that moves no file. */
  static final String UNWRITTEN = "1:What it had to print could not be written.";

  /** Of a command that does not read the configuration. */
  static final String WRONG_LINE = "2:The command line is wrong; nothing was touched.";

  /** What the launcher has the virtual machine end with. */
  static final String HEAP_FULL =
      "3:The heap was full: give the JVM more (JAVA_OPTS=-Xmx...); what arrived is kept.";

  static final String BROKEN_OFF =
      "130:Interrupted by SIGINT (143: by SIGTERM); the same command resumes.";

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
