package dev.dromedary.cli;

import dev.dromedary.app.PollSummary;
import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.ServiceRunner;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.TransferEvent;
import java.io.PrintStream;
import java.util.function.Function;

/** One poll from its start to its closing words, for {@code get} and {@code once}. */
final class PollSession {

  private final CliEnvironment environment;
  private final OutputOptions output;

  PollSession(CliEnvironment environment, OutputOptions output) {
    this.environment = environment;
    this.output = output;
  }

  /**
   * Runs the poll and prints what becomes of it.
   *
   * @return the exit status
   */
  int run(RunRequest request) throws InterruptedException {
    if (request.mode() != RunMode.ONE_POLL) {
      throw new IllegalArgumentException("mode " + request.mode() + ": expected ONE_POLL");
    }
    ProgressBoard board = new ProgressBoard(environment.clock());
    JsonLines json = output.isJson ? new JsonLines(environment.out()) : null;
    if (json != null) {
      board.listen(json);
    }
    try (OrderlyStop stop = OrderlyStop.install(environment.err(), false)) {
      PollSummary summary;
      try (Display display =
          stop.register(display(environment, output.isQuiet, board, !output.isJson))) {
        board.listen(display);
        try (ServiceRunner runner = stop.register(ServiceRunner.start(request, board))) {
          summary = runner.awaitPoll();
        }
      } catch (InterruptedException | RuntimeException e) {
        if (stop.isStopping()) {
          return ExitStatus.INTERRUPTED;
        }
        throw e;
      }
      if (stop.isStopping()) {
        return ExitStatus.INTERRUPTED;
      }
      if (json != null) {
        json.summary(summary);
      } else if (!output.isQuiet) {
        printSummary(environment, summary);
        KeptNote.lines(summary.ended()).forEach(environment.out()::println);
      }
      return ExitStatus.of(summary);
    }
  }

  /**
   * Opens the display that suits standard error; reasons are brief where a table will tell them.
   */
  static Display display(
      CliEnvironment environment, boolean isQuiet, ProgressBoard board, boolean tableFollows) {
    if (isQuiet) {
      return new QuietDisplay(environment.err());
    }
    Function<TransferEvent, String> words = tableFollows ? Words::inBrief : Words::outcome;
    Terminal terminal = environment.terminal();
    return terminal.isInteractive()
        ? BarDisplay.open(environment.err(), terminal, board, environment.clock(), words)
        : new PlainDisplay(environment.err(), board, environment.clock(), words);
  }

  /** Prints the closing table and its count. */
  static void printSummary(CliEnvironment environment, PollSummary summary) {
    PrintStream out = environment.out();
    ResultTable.rows(summary.ended(), environment.outTerminal()).forEach(out::println);
    Tally tally = Tally.of(summary.ended());
    int open = summary.due() - summary.ended().size();
    String rest = open > 0 ? ", " + open + " without an outcome" : "";
    out.println(summary.due() + " due: " + tally.inWords() + rest);
    out.flush();
  }
}
