package dev.dromedary.cli;

import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.source.SourceDefaults;
import dev.dromedary.source.SourceListReader;
import dev.dromedary.source.TargetName;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dromedary once}: one poll of a source list. */
@Command(
    name = "once",
    header = "Poll a source list once and land what is new.",
    description = {
      "",
      "Polls every source of the list once, waits until each has landed, is unchanged or has been"
          + " given up, and prints what became of it. The list is YAML, or a text file with one"
          + " URL a line, as from standard input with -.",
      ""
    },
    exitCodeList = {
      "0:Everything landed or was unchanged.",
      "1:At least one transfer failed, or what it had to print could not be written.",
      "2:The command line, the configuration, the list or the work directory cannot be used;"
          + " nothing was fetched.",
      ExitStatus.HEAP_FULL,
      ExitStatus.BROKEN_OFF
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  dromedary once --sources urls.txt --to /srv/in",
      "  grep iso$ urls.txt | dromedary once --sources - --to in",
      "  dromedary once --sources sources.yaml --to in --json \\",
      "    | jq 'select(.state==\"failed\")'"
    })
final class OnceCommand implements Callable<Integer> {

  /** A file of that name is ./- */
  static final Path STANDARD_INPUT = Path.of("-");

  private final CliEnvironment environment;

  @Option(
      names = "--sources",
      required = true,
      paramLabel = "FILE",
      description = "The source list; - for URLs from standard input.")
  Path sources = Path.of("");

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "The landing zone.")
  Path directory = Path.of("");

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = {
        "Where part files and the ledger are",
        "(default: .dromedary in the landing zone)."
      })
  @Nullable Path work;

  @Mixin TuningOptions tuning = new TuningOptions();
  @Mixin OutputOptions output = new OutputOptions();
  @Mixin CommonOptions common = new CommonOptions();

  OnceCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.level(output.isQuiet, common.isDebug).apply();
    RunRequest request = request();
    return new PollSession(environment, output).run(request);
  }

  /**
   * Returns what the command line asks for.
   *
   * @throws UsageException when it cannot be carried out
   */
  RunRequest request() {
    Path landing = environment.resolve(directory);
    DirectoryArgument.requireUsable("--to", directory.toString(), landing);
    Path workDirectory = landing.resolve(TargetName.WORK_DIRECTORY);
    if (work != null) {
      workDirectory = environment.resolve(work);
      DirectoryArgument.requireUsable("--work", work.toString(), workDirectory);
    }
    Map<String, String> settings = new LinkedHashMap<>(tuning.settings(environment));
    boolean isPiped = sources.equals(STANDARD_INPUT);
    if (!isPiped) {
      TuningOptions.put(settings, "sources", environment.resolve(sources).toString());
    }
    TuningOptions.put(settings, "landing", landing.toString());
    TuningOptions.put(settings, "work", workDirectory.toString());
    return new RunRequest(
        RunMode.ONE_POLL,
        environment.home(),
        common.configFile(environment, RunCommand.CONFIG),
        settings,
        isPiped ? piped() : null);
  }

  private List<Source> piped() {
    SourceDefaults defaults = SourceDefaults.of(new Schedule.Every(Duration.ofMillis(1)));
    return SourceListReader.readPlain("standard input", environment.in(), defaults).sources();
  }
}
