package dev.dromedary.cli;

import dev.dromedary.app.FailedSources;
import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.DeadLetter;
import dev.dromedary.observe.DeadLetterPage;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Found;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dromedary failures}: the dead letters. */
@Command(
    name = "failures",
    header = "List the transfers that were given up, with code, reason and remedy.",
    description = {
      "",
      "All words must stand in code, source, target or reason. Where no service runs the ledger"
          + " is read or changed itself. 'dromedary retry' queues them again in a service; the same"
          + " get or once tries again what it gave up.",
      ""
    },
    exitCodeList = {
      "0:They were told, or it was done.",
      "1:Nothing matched, or it could not be printed.",
      "2:The command line is wrong, or neither service nor ledger can be asked."
    },
    footer = {
      "  dromedary failures",
      "  dromedary failures E4404 --json",
      "  dromedary failures --export failed.yaml",
      "  dromedary failures --discard nightly-dump"
    })
final class FailuresCommand extends ServiceCommand {

  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Mixin PageOptions page = new PageOptions();

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description =
          "Write their sources as a source list in YAML, out of the list of the running service,"
              + " else of the configuration; - for standard output. One with headers or a query in"
              + " its URL is only named, for it may hold secrets.")
  @Nullable Path export;

  @Option(names = "--force", description = "Let --export overwrite a file.")
  boolean isForced;

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
      if (absent.code() != FailureCode.NO_SERVICE) {
        throw absent;
      }
      String id = discarded;
      if (id != null) {
        return told(discardedOffline(id, absent), id);
      }
      Path file = export;
      return file == null
          ? show(FailedSources.find(workDirectory(), page.filter(), 0, page.limit))
          : write(file, exportedOffline());
    }
  }

  @Override
  int run(ServiceConnection service) {
    String id = discarded;
    if (id != null) {
      return told(service.failures().discard(id), id);
    }
    Path file = export;
    return file == null
        ? show(service.failures().find(page.filter(), 0, page.limit))
        : write(file, service.failures().export(page.filter()));
  }

  private int told(Change change, String id) {
    if (change.matched() == 0) {
      return nothingMatches(id);
    }
    tell(change, "discarded");
    return ExitStatus.OK;
  }

  /** A process that has the directory and could not be asked is why nothing can be done. */
  private Change discardedOffline(String id, DromedaryException absent) {
    try {
      return FailedSources.discard(request(), workDirectory(), id);
    } catch (DromedaryException e) {
      throw e.code() == FailureCode.WORK_DIRECTORY_BUSY ? absent : e;
    }
  }

  /** A ledger does not tell which list its sources are of: only the configuration does. */
  private String exportedOffline() {
    if (work != null && common.config == null) {
      throw new UsageException(
          "--export: no service runs on "
              + workDirectory()
              + "; expected --config with the configuration it ran with, whose source list is"
              + " meant");
    }
    return FailedSources.list(request(), FailedSources.sources(workDirectory(), page.filter()));
  }

  private int write(Path named, String list) {
    if (named.equals(STANDARD_OUTPUT)) {
      environment().out().print(list);
      return ExitStatus.OK;
    }
    Path file = environment().resolve(named);
    try {
      if (isForced) {
        Files.writeString(file, list);
      } else {
        Files.writeString(file, list, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException e) {
      throw new UsageException("--export " + file + ": exists; expected a new file, or --force");
    } catch (IOException e) {
      throw new UsageException(
          "--export " + file + ": expected a file that can be written, found " + Found.writing(e));
    }
    if (isJson) {
      json(Map.of("exportedFile", file.toString()));
    } else {
      say(file + ": " + list.lines().findFirst().orElse("").replaceFirst("^# ", ""));
    }
    return ExitStatus.OK;
  }

  private int show(DeadLetterPage found) {
    if (found.total() == 0 && !page.words.isEmpty()) {
      return nothingMatches(page.filter());
    }
    if (isJson) {
      found.letters().forEach(this::json);
      return ExitStatus.OK;
    }
    TextTable table =
        new TextTable(
            environment().outTerminal().glyphs(), "TRANSFER", "SOURCE", "FAILED", "CODE", "WHY");
    found.letters().forEach(letter -> table.add(cells(letter)));
    table.lines().forEach(environment().out()::println);
    say(found.letters().size() + " of " + Words.many(found.total(), "dead letter"));
    return ExitStatus.OK;
  }

  private static @Nullable Object[] cells(DeadLetter letter) {
    String reason = letter.reason() == null ? letter.meaning() : letter.reason();
    return new @Nullable Object[] {
      letter.transfer(),
      letter.source(),
      letter.endedAt(),
      letter.code(),
      reason + " (" + letter.remedy() + ")"
    };
  }
}
