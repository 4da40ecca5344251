package dev.dromedary.cli;

import dev.dromedary.app.PollSummary;
import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.ServiceRunner;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.TransferEvent;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    JsonLines json = output.isJson ? new JsonLines(environment.out(), environment.clock()) : null;
    if (json != null) {
      board.listen(json);
    }
    AtomicReference<@Nullable ServiceRunner> running = new AtomicReference<>();
    try (OrderlyStop stop = OrderlyStop.install(environment.err(), false)) {
      if (json != null) {
        stop.register(() -> json.summary(soFar(running.get()), true));
      }
      PollSummary summary;
      try (Display display =
          stop.register(display(environment, output.isQuiet, board, words(request)))) {
        board.listen(display);
        try (ServiceRunner runner = stop.register(ServiceRunner.start(request, board))) {
          running.set(runner);
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
        json.summary(summary, false);
      } else if (!output.isQuiet) {
        printSummary(environment, summary);
        KeptNote.lines(summary.ended()).forEach(environment.out()::println);
      }
      return ExitStatus.of(summary);
    }
  }

  private static PollSummary soFar(@Nullable ServiceRunner running) {
    return running == null ? new PollSummary(0, List.of()) : running.pollSoFar();
  }

  /** Each stream tells a reason in full, and a terminal that shows both does so once. */
  private Function<TransferEvent, String> words(RunRequest request) {
    if (output.isJson) {
      return Words::outcome;
    }
    boolean isAlone = request.sources() != null && request.sources().size() == 1;
    boolean isOneScreen =
        environment.terminal().isInteractive() && environment.outTerminal().isInteractive();
    return isAlone && isOneScreen ? Words::byCode : Words::inBrief;
  }

  /**
   * Opens the display that suits standard error.
   *
   * @param words says what became of a transfer; in brief where a table tells the reason later
   */
  static Display display(
      CliEnvironment environment,
      boolean isQuiet,
      ProgressBoard board,
      Function<TransferEvent, String> words) {
    if (isQuiet) {
      return new QuietDisplay(environment.err());
    }
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
