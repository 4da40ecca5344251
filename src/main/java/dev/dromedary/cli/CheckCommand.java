package dev.dromedary.cli;

import dev.dromedary.app.CheckReport;
import dev.dromedary.app.CheckRunner;
import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.transfer.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dromedary check}: validates what users wrote. */
@Command(
    name = "check",
    header = "Validate configuration, routes and source list; fetch nothing.",
    description = {
      "",
      "Prints every problem as FILE:LINE: MESSAGE on standard output and ends with status 2, or"
          + " says that there is none.",
      ""
    },
    exitCodeList = {
      "0:Nothing is wrong; there may be warnings.",
      ExitStatus.UNWRITTEN,
      "2:Something is wrong, with a line for each; or the command line is."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  dromedary check", "  dromedary check --sources urls.txt"})
final class CheckCommand implements Callable<Integer> {

  private final CliEnvironment environment;

  @Option(
      names = "--sources",
      paramLabel = "FILE",
      description = "Check this source list instead of the configured one.")
  @Nullable Path sources;

  @Mixin CommonOptions common = new CommonOptions();

  CheckCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (OnceCommand.STANDARD_INPUT.equals(sources)) {
      throw new UsageException("--sources -: expected a file; only once reads standard input");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    TuningOptions.put(
        settings, "sources", sources == null ? null : environment.resolve(sources).toString());
    RunRequest request =
        new RunRequest(
            RunMode.SERVICE,
            environment.home(),
            common.configFile(environment, RunCommand.CONFIG),
            settings,
            null);
    Logs.level(true, common.isDebug).apply();
    return report(CheckRunner.check(request));
  }

  /** Prints the problems and returns the exit status. */
  int report(CheckReport report) {
    for (Problem problem : report.problems()) {
      environment.out().println(TerminalText.escape(problem.toString()));
    }
    for (Problem warning : report.warnings()) {
      Problem told = new Problem(warning.file(), warning.line(), "warning: " + warning.message());
      environment.out().println(TerminalText.escape(told.toString()));
    }
    if (report.isGood()) {
      environment
          .out()
          .println(
              "ok: "
                  + Words.many(report.sources(), "source")
                  + " in "
                  + TerminalText.escape(report.list().toString())
                  + ", "
                  + Words.many(report.routes(), "route")
                  + " in "
                  + TerminalText.escape(directories(report)));
    }
    environment.out().flush();
    return report.isGood() ? ExitStatus.OK : ExitStatus.USAGE;
  }

  private static String directories(CheckReport report) {
    return report.routeDirectories().stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
