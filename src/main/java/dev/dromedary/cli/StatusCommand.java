package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dromedary status}: the service as a whole, and what runs. */
@Command(
    name = "status",
    header = "Show the running service: what runs, waits and has ended.",
    description = {
      "",
      "Tells version, process, rates, counts since its start, disk, limits, every transfer that"
          + " runs, and when and why the next of those that wait go on. With --watch again every"
          + " second until it is interrupted or the service ends.",
      ""
    },
    footer = {
      "  dromedary status",
      "  dromedary status --watch",
      "  dromedary status --json | jq .bytesPerSecond"
    })
final class StatusCommand extends ServiceCommand {

  private static final long REDRAW_MILLIS = 1000;

  @Option(names = "--watch", description = "Show it again every second.")
  boolean isWatched;

  StatusCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(ServiceConnection service) throws Exception {
    if (!isWatched) {
      show(service);
      return ExitStatus.OK;
    }
    CompletableFuture<Void> over = new CompletableFuture<>();
    Runnable draw = drawing(service);
    draw.run();
    Runnable again =
        () -> {
          draw(draw, over);
          if (environment().out().checkError()) {
            over.complete(null); // nobody reads on
          }
        };
    try (Ticker ticker = Ticker.start("status", REDRAW_MILLIS, again)) {
      over.get();
    } catch (ExecutionException ended) {
      throw ended.getCause() instanceof Exception why ? why : ended;
    }
    return ExitStatus.OK;
  }

  private static void draw(Runnable draw, CompletableFuture<Void> over) {
    try {
      draw.run();
    } catch (RuntimeException gone) {
      over.completeExceptionally(gone);
    }
  }

  /** On a terminal the same rows are drawn anew; elsewhere they follow one another. */
  private Runnable drawing(ServiceConnection service) {
    Terminal terminal = environment().terminal();
    if (isJson || !terminal.isInteractive()) {
      return () -> show(service);
    }
    Screen screen = new Screen();
    PrintStream err = environment().err();
    return () -> {
      TerminalSize size = terminal.size().get();
      TerminalSize inner =
          new TerminalSize(Math.max(1, size.columns() - 1), Math.max(1, size.rows() - 1));
      List<String> rows =
          status(service, new Terminal(true, terminal.glyphs(), () -> inner)).fitting(inner.rows());
      err.print(screen.replace(size.columns(), List.of(), rows));
      err.flush();
    };
  }

  private StatusRows status(ServiceConnection service, Terminal terminal) {
    return ServiceText.status(service, terminal, environment().clock().instant());
  }

  private void show(ServiceConnection service) {
    if (isJson) {
      json(ServiceText.fields(service));
    } else {
      status(service, environment().outTerminal()).all().forEach(environment().out()::println);
    }
    environment().out().flush();
  }
}
