package dev.dromedary.cli;

import dev.dromedary.app.SystemShortage;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into lines on standard error and an exit status. */
final class ErrorReport {

  private final PrintStream err;

  ErrorReport(PrintStream err) {
    this.err = err;
  }

  /** Reports a command line that picocli refused. */
  int usage(ParameterException problem) {
    return usage(problem.getCommandLine(), parameterMessage(problem));
  }

  /** Reports a command that there is not. */
  int unknownCommand(CommandLine program, String written) {
    String nearest = NearestName.hint(written, program.getSubcommands().keySet());
    return usage(program, "unknown command '" + written + "'" + nearest);
  }

  /** Reports what broke a command. */
  int failure(Exception failure, CommandLine command, boolean withStackTrace) {
    if (withStackTrace) {
      failure.printStackTrace(err);
    }
    Optional<DromedaryException> shortage = SystemShortage.behind(failure);
    if (shortage.isPresent()) {
      return known(shortage.get());
    }
    if (failure instanceof UsageException usage) {
      return usage(command, String.valueOf(usage.getMessage()));
    }
    if (failure instanceof ProblemsException problems) {
      for (Problem problem : problems.problems()) {
        say(problems.code().label() + " " + TerminalText.escape(problem.toString()));
      }
      return ExitStatus.of(problems);
    }
    if (failure instanceof DromedaryException known) {
      return known(known);
    }
    say(
        FailureCode.BUG_FOUND.label()
            + " "
            + TerminalText.escape(failure.toString())
            + " (run again with --debug and report what it prints)");
    return ExitStatus.FAILED;
  }

  /** Reports an error of the virtual machine. */
  int failure(Error failure) {
    Optional<DromedaryException> shortage = SystemShortage.behind(failure);
    if (shortage.isPresent()) {
      return known(shortage.get());
    }
    failure.printStackTrace(err);
    return ExitStatus.FAILED;
  }

  private int known(DromedaryException failure) {
    say(TerminalText.escape(failure.report()));
    return ExitStatus.of(failure);
  }

  private int usage(CommandLine command, String message) {
    say(TerminalText.escape(message));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitStatus.USAGE;
  }

  private void say(String line) {
    err.println("dromedary: " + line);
  }

  private static String parameterMessage(ParameterException problem) {
    String message = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    message = message.replaceFirst("^Error: ", "");
    if (problem instanceof UnmatchedArgumentException unmatched) {
      return message + hint(unmatched.getUnmatched().get(0), problem.getCommandLine());
    }
    return message;
  }

  private static String hint(String written, CommandLine command) {
    if (written.startsWith("-")) {
      return NearestName.hint(written, command.getCommandSpec().optionsMap().keySet());
    }
    return unitHint(written);
  }

  /** Returns what to do where a word is the unit of the number before it, or nothing. */
  static String unitHint(String written) {
    return isUnit(written) ? "; a number and its unit are one word, such as 300kB or 5MiB/s" : "";
  }

  private static boolean isUnit(String written) {
    try {
      return !written.matches(".*[0-9].*") && ByteSize.parseRate(1 + written) > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
