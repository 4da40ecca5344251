package dev.dromedary.cli;

import dev.dromedary.app.FailedSources;
import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.DeadLetter;
import dev.dromedary.observe.DeadLetterPage;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dromedary failures}: the dead letters. */
@Command(
    name = "failures",
    header = "List the transfers that were given up, with code, reason and remedy.",
    description = {
      "",
      "All words must stand in code, source, target or reason. Reads the ledger where no service"
          + " runs. 'dromedary retry' queues them again.",
      ""
    },
    footer = {
      "  dromedary failures",
      "  dromedary failures E4404 --json",
      "  dromedary failures --export failed.yaml",
      "  dromedary failures --discard nightly-dump"
    })
final class FailuresCommand extends ServiceCommand {

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "Only those these stand in.")
  List<String> words = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Show so many at most, up to 1000 (default: 100).")
  int limit;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description =
          "Write their sources as a source list in YAML. One with headers or a query in its URL is"
              + " only named, for it may hold secrets.")
  @Nullable Path export;

  @Option(
      names = "--discard",
      paramLabel = "ID",
      description = "Take the one of this transfer or source off the list; what arrived is kept.")
  @Nullable String discarded;

  FailuresCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  public Integer call() throws Exception {
    try {
      return super.call();
    } catch (DromedaryException absent) {
      if (absent.code() != FailureCode.NO_SERVICE || discarded != null) {
        throw absent;
      }
      return show(FailedSources.find(workDirectory(), filter(), 0, size()));
    }
  }

  @Override
  int run(ServiceConnection service) throws IOException {
    String id = discarded;
    if (id != null) {
      Change change = service.failures().discard(id);
      return change.matched() == 0 ? nothingMatches(id) : ExitStatus.OK;
    }
    return show(service.failures().find(filter(), 0, size()));
  }

  private int show(DeadLetterPage page) throws IOException {
    if (page.total() == 0 && !words.isEmpty()) {
      return nothingMatches(filter());
    }
    Path file = export;
    if (file != null) {
      List<String> ids = page.letters().stream().map(DeadLetter::source).toList();
      Files.writeString(environment().resolve(file), FailedSources.list(request(), ids));
      return ExitStatus.OK;
    }
    if (isJson) {
      page.letters().forEach(this::json);
      return ExitStatus.OK;
    }
    TextTable table =
        new TextTable(
            environment().terminal().glyphs(), "TRANSFER", "SOURCE", "FAILED", "CODE", "WHY");
    page.letters().forEach(letter -> table.add(cells(letter)));
    table.lines().forEach(environment().out()::println);
    say(page.letters().size() + " of " + page.total() + " dead letters");
    return ExitStatus.OK;
  }

  private static @Nullable Object[] cells(DeadLetter letter) {
    String reason = letter.reason() == null ? letter.meaning() : letter.reason();
    return new @Nullable Object[] {
      letter.transfer(),
      letter.source(),
      letter.failedAt(),
      letter.code(),
      reason + " (" + letter.remedy() + ")"
    };
  }

  /** An export has all there are. */
  private int size() {
    return export == null ? limit : Integer.MAX_VALUE;
  }

  private String filter() {
    return String.join(" ", words);
  }
}
