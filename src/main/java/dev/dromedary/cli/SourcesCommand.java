package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.SourcePage;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.transfer.ByteSize;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dromedary sources}: the sources and how they stand. */
@Command(
    name = "sources",
    header = "List the sources of the running service and how they stand.",
    description = {
      "",
      "All words must hold: state=STATE (new, queued, running, retrying, verifying, delivering,"
          + " landed, unchanged, failed, cancelled, paused), paused, failing, a pattern of ids with"
          + " * and ?, or text that stands in id, URL or target.",
      ""
    },
    footer = {
      "  dromedary sources",
      "  dromedary sources state=failed",
      "  dromedary sources 'nightly-*' --json"
    })
final class SourcesCommand extends ServiceCommand {

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "Only sources these hold of.")
  List<String> words = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Show so many at most, up to 1000 (default: 100).")
  int limit;

  @Option(
      names = "--offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "Leave out so many.")
  int offset;

  SourcesCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(ServiceConnection service) {
    String filter = String.join(" ", words);
    SourcePage page = service.sources().find(filter, offset, limit);
    if (page.total() == 0 && !words.isEmpty()) {
      return nothingMatches(filter);
    }
    if (isJson) {
      page.sources().forEach(this::json);
      return ExitStatus.OK;
    }
    TextTable table =
        new TextTable(
            environment().terminal().glyphs(),
            "SOURCE",
            "STATE",
            "LANDED",
            "SIZE",
            "DUE",
            "FAILED",
            "WHY");
    page.sources().forEach(source -> add(table, source));
    table.lines().forEach(environment().out()::println);
    say(page.sources().size() + " of " + page.total() + " sources");
    return ExitStatus.OK;
  }

  private static void add(TextTable table, SourceStatus source) {
    String why = source.lastCode() == null ? "" : source.lastCode() + " " + source.lastReason();
    table.add(
        source.id(),
        source.paused() && !source.state().equals("paused")
            ? source.state() + ", paused"
            : source.state(),
        source.landedAt(),
        source.landedBytes() == null ? null : ByteSize.format(source.landedBytes()),
        source.dueAt(),
        source.failuresInARow(),
        why);
  }
}
