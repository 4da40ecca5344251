package dev.dromedary.app;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** That a work directory has no service that can be operated, with what to do about its case. */
final class NoService extends DromedaryException {

  private final String remedy;

  private NoService(Path work, String found, String remedy, @Nullable Throwable cause) {
    super(FailureCode.NO_SERVICE, "work directory " + work + ": " + found, cause);
    this.remedy = remedy;
  }

  /** No process has the directory. */
  static NoService absent(Path work) {
    String remedy =
        Files.isRegularFile(WorkDirectory.ledger(work))
            ? "start the service with dromedary run; what get or once left here dromedary failures"
                + " reads without one"
            : FailureCode.NO_SERVICE.remedy();
    return new NoService(work, "no service runs", remedy, null);
  }

  /** There is nothing to read either. */
  static NoService withoutLedger(Path work) {
    return new NoService(
        work,
        "no service runs, and no ledger",
        "name the directory that has ledger.db with --work; of get and once it is .dromedary in the"
            + " landing zone",
        null);
  }

  /** A process has it that is not operated. */
  static NoService command(Path work, long pid) {
    return new NoService(
        work,
        "process " + pid + " is no service",
        "wait for its end, or stop it; of get and once dromedary failures tells what they gave up",
        null);
  }

  /** A service has it that takes long to start, or to stop. */
  static NoService unready(Path work, long pid, Duration waited) {
    return new NoService(
        work,
        "process "
            + pid
            + " is a service that did not get ready within "
            + waited.toSeconds()
            + " s",
        "give the command again; its log tells what it is doing",
        null);
  }

  /** A process has it that does not let us in; the operating system sees to that for others'. */
  static NoService unreachable(Path work, ProcessHandle owner, Throwable cause) {
    return unreachable(
        work, owner.pid(), owner.info().user(), ProcessHandle.current().info().user(), cause);
  }

  static NoService unreachable(
      Path work, long pid, Optional<String> user, Optional<String> own, Throwable cause) {
    String found = "process " + pid + " cannot be reached";
    return user.isPresent() && !user.equals(own)
        ? new NoService(
            work,
            found + ": it is of user '" + user.get() + "'",
            "give the same command as user '" + user.get() + "'",
            cause)
        : new NoService(
            work,
            found,
            "see whether it still is a Dromedary, and was started without"
                + " -XX:+DisableAttachMechanism",
            cause);
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
