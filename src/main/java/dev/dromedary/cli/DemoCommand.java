package dev.dromedary.cli;

import dev.dromedary.app.PollSummary;
import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.ServiceRunner;
import dev.dromedary.demo.DemoOrigin;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dromedary demo}: the main job on an origin server of its own. */
@Command(
    name = "demo",
    header = "Show the main job on an origin server inside this process.",
    description = {
      "",
      "Starts an origin server on loopback that behaves as badly as real ones, polls a list of its"
          + " files, lands what can be landed and sets aside what cannot. Needs no network, and"
          + " about 2 GiB of disk.",
      ""
    },
    exitCodeList = {
      "0:It was stopped; with --exit: all went as expected.",
      "1:Not all went as expected, or what it had to print could not be written.",
      "2:The command line, the configuration or the directory cannot be used.",
      ExitStatus.HEAP_FULL,
      "130:Interrupted by SIGINT (143: by SIGTERM) with --exit."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  dromedary demo", "  dromedary demo --exit && echo all as expected"})
final class DemoCommand implements Callable<Integer> {

  private static final String CONFIG = "demo/application.properties";

  private final CliEnvironment environment;

  @Option(names = "--exit", description = "End after the first poll; 0 when all went as expected.")
  boolean exits;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where it works, emptied first (default: target/demo of a checkout, else dromedary-demo"
              + " in the current directory).")
  @Nullable Path directory;

  @Mixin CommonOptions common = new CommonOptions();

  DemoCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Logs.level(false, common.isDebug).apply();
    RunRequest request = request();
    DemoDirectory.prepare(directory());
    ProgressBoard board = new ProgressBoard(environment.clock());
    try (OrderlyStop stop = OrderlyStop.install(environment.err(), !exits);
        DemoOrigin origin = stop.register(DemoOrigin.start())) {
      origin.writeSourceList(sourceList());
      introduce(origin);
      try {
        return run(request, board, stop, origin);
      } catch (InterruptedException | RuntimeException e) {
        if (stop.isStopping()) {
          return ExitStatus.INTERRUPTED;
        }
        throw e;
      }
    }
  }

  private int run(RunRequest request, ProgressBoard board, OrderlyStop stop, DemoOrigin origin)
      throws InterruptedException {
    Display display = stop.register(PollSession.display(environment, false, board, Words::inBrief));
    try (display) {
      board.listen(display);
      try (ServiceRunner runner = stop.register(start(request, board))) {
        PollSummary summary = runner.awaitPoll();
        if (stop.isStopping()) {
          return ExitStatus.INTERRUPTED;
        }
        display.close();
        board.unlisten(display);
        PollSession.printSummary(environment, summary);
        conclude(request, summary);
        runner.console().filter(address -> !exits).ifPresent(this::pointToConsole);
        List<String> surprises = surprises(origin.expected(), summary.ended());
        surprises.forEach(line -> environment.err().println("dromedary: demo: " + line));
        if (!exits) {
          try (Display next =
              stop.register(PollSession.display(environment, false, board, Words::outcome))) {
            board.listen(next);
            runner.awaitStop();
          }
          return ExitStatus.OK;
        }
        return surprises.isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
      }
    }
  }

  /** Starts it, without a console where its port is taken: the demo does not need one. */
  private ServiceRunner start(RunRequest request, ProgressBoard board) {
    try {
      return ServiceRunner.start(request, board);
    } catch (DromedaryException e) {
      if (e.code() != FailureCode.CONSOLE) {
        throw e;
      }
      environment.err().println("dromedary: demo: without a console: " + e.getMessage());
      Map<String, String> settings = new LinkedHashMap<>(request.overrides());
      TuningOptions.put(settings, "console.port", "off");
      return ServiceRunner.start(
          new RunRequest(request.mode(), request.home(), request.configFile(), settings, null),
          board);
    }
  }

  /** Returns what the demo runs. */
  RunRequest request() {
    Path configFile = common.configFile(environment, CONFIG);
    Map<String, String> settings = new LinkedHashMap<>();
    TuningOptions.put(settings, "sources", sourceList().toString());
    TuningOptions.put(settings, "landing", directory().resolve("landing").toString());
    TuningOptions.put(settings, "work", directory().resolve("work").toString());
    // its origin is in this process, whatever the environment says of proxies
    TuningOptions.put(settings, "http.proxy", "none");
    if (configFile == null) {
      TuningOptions.put(settings, "retry.backoff", "500ms");
    }
    return new RunRequest(RunMode.SERVICE, environment.home(), configFile, settings, null);
  }

  /** Returns a line for each source that did not end as expected, ordered by id. */
  static List<String> surprises(Map<String, TransferState> expected, List<TransferEvent> ended) {
    Map<String, TransferState> found = new HashMap<>();
    ended.forEach(event -> found.put(event.sourceId(), event.state()));
    List<String> lines = new ArrayList<>();
    new TreeMap<>(expected)
        .forEach(
            (id, state) -> {
              TransferState end = found.get(id);
              if (end != state) {
                String how = end == null ? "did not end" : "ended as " + end.word();
                lines.add(TerminalText.escape(id) + " " + how + ", expected " + state.word());
              }
            });
    return lines;
  }

  private void introduce(DemoOrigin origin) {
    PrintStream out = environment.out();
    out.println(
        "An origin server inside this process serves "
            + origin.expected().size()
            + " files on loopback: a large one,");
    out.println("small ones, one whose connection is cut, one that asks to come back later, and");
    out.println("one that does not exist. Dromedary polls the list and lands what can be landed.");
    out.println("It works in " + directory() + ".");
    out.println();
    out.flush();
  }

  private void conclude(RunRequest request, PollSummary summary) {
    PrintStream out = environment.out();
    Path home = environment.home();
    Path config = request.configFile();
    Path work = directory().resolve("work");
    out.println();
    out.println("landed files   " + directory().resolve("landing"));
    for (TransferEvent event : summary.ended()) {
      if (!event.isGood()) {
        out.println("dead letter    " + deadLetter(event));
      }
    }
    out.println("part files     " + work.resolve("staging") + " (what arrived of the unfinished)");
    out.println(
        "ledger         " + work.resolve("ledger.db") + " (SQLite: source, transfer, poll)");
    out.println("source list    " + sourceList());
    out.println("routes         " + home.resolve("routes") + " (the flow, yours to edit)");
    out.println("configuration  " + (config == null ? "built-in defaults" : config.toString()));
    out.println();
    if (exits) {
      out.println("Next: without --exit it goes on polling. With your own URLs:");
      out.println("  dromedary get URL --to DIR");
      out.println("  dromedary once --sources FILE --to DIR");
    } else {
      out.println("It goes on polling: each source is asked once a minute, in one small request.");
      out.println("Delete or alter a landed file, and it is fetched again. Ctrl-C ends it.");
    }
    out.flush();
  }

  private void pointToConsole(URI address) {
    environment.out().println("Watch and steer it in a browser: " + address);
    environment.out().flush();
  }

  private static String deadLetter(TransferEvent event) {
    String code = event.code() == null ? "" : ", " + event.code().label();
    String kept =
        event.receivedBytes() == 0
            ? "nothing of it arrived"
            : ByteSize.format(event.receivedBytes()) + " of it are kept";
    return TerminalText.escape(event.sourceId()) + code + "; " + kept;
  }

  private Path sourceList() {
    return directory().resolve("sources.yaml");
  }

  private Path directory() {
    if (directory != null) {
      return environment.resolve(directory);
    }
    Path home = environment.home();
    return Files.exists(home.resolve("pom.xml"))
        ? home.resolve("target").resolve("demo")
        : environment.directory().resolve("dromedary-demo");
  }
}
