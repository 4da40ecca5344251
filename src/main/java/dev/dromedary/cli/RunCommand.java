package dev.dromedary.cli;

import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.ServiceRunner;
import dev.dromedary.observe.ProgressBoard;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dromedary run}: the service. */
@Command(
    name = "run",
    header = "Run the service until it is stopped.",
    description = {
      "",
      "Polls the sources of config/ on their schedules and lands them by the routes in routes/."
          + " Logs to standard error, one line a change. SIGTERM or SIGINT checkpoints what is"
          + " under way and ends with status 0 within 10 seconds; the next start resumes.",
      ""
    },
    exitCodeList = {
      "0:It was stopped in order, by a signal or 'dromedary drain --stop'.",
      "1:It broke; it says why.",
      "2:The command line, the configuration, the list, the routes or the work directory cannot"
          + " be used, or the port of the console is taken.",
      ExitStatus.HEAP_FULL
    },
    footerHeading = "%nExamples:%n",
    footer = {"  dromedary run", "  dromedary run --config /etc/dromedary/application.properties"})
final class RunCommand implements Callable<Integer> {

  /** The configuration within the home directory. */
  static final String CONFIG = "config/application.properties";

  private final CliEnvironment environment;

  @Mixin CommonOptions common = new CommonOptions();

  RunCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    (common.isDebug ? LogLevel.DEBUG : LogLevel.SERVICE).apply();
    RunRequest request = request();
    ServiceLog.apply(request);
    ProgressBoard board = new ProgressBoard(environment.clock());
    try (OrderlyStop stop = OrderlyStop.install(environment.err(), true)) {
      try (ServiceRunner runner = stop.register(ServiceRunner.start(request, board))) {
        runner.awaitStop();
      } catch (InterruptedException | RuntimeException e) {
        if (!stop.isStopping()) {
          throw e;
        }
      }
      return ExitStatus.OK;
    }
  }

  /**
   * Returns what the command line asks for.
   *
   * @throws UsageException when it cannot be carried out
   */
  RunRequest request() {
    return new RunRequest(
        RunMode.SERVICE,
        environment.home(),
        common.configFile(environment, CONFIG),
        Map.of(),
        null);
  }
}
