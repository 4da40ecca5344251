package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.SourcePage;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.TransferState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  private static final String STATE = "state=";

  /** As {@code SourcesMXBean} tells them. */
  private static final List<String> STATES =
      Stream.of(
              Stream.of("new"),
              Stream.of(TransferState.values()).map(TransferState::word),
              Stream.of("paused"))
          .flatMap(states -> states)
          .toList();

  /** What a narrow terminal does without, the first first. */
  private static final List<String> SPARE = List.of("LANDED", "SIZE", "FAILED", "DUE");

  @Mixin PageOptions page = new PageOptions();

  @Option(
      names = "--offset",
      paramLabel = "N",
      converter = OptionValue.Offset.class,
      defaultValue = "0",
      description = "Leave out so many.")
  int offset;

  SourcesCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  void requireUsable() {
    for (String word : page.filter().strip().split("\\s+")) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (lower.startsWith(STATE) && !STATES.contains(lower.substring(STATE.length()))) {
        throw new UsageException(
            "'" + word + "': " + NearestName.oneOf(lower.substring(STATE.length()), STATES));
      }
    }
  }

  @Override
  int run(ServiceConnection service) {
    SourcePage found = service.sources().find(page.filter(), offset, page.limit);
    if (found.total() == 0 && !page.words.isEmpty()) {
      return nothingMatches(page.filter());
    }
    if (isJson) {
      found.sources().forEach(this::json);
      return ExitStatus.OK;
    }
    TextTable table =
        new TextTable(
            environment().outTerminal().glyphs(),
            "SOURCE",
            "STATE",
            "LANDED",
            "SIZE",
            "DUE",
            "FAILED",
            "WHY");
    Instant now = environment().clock().instant();
    found.sources().forEach(source -> table.add(cells(source, now)));
    table.lines(environment().outTerminal(), SPARE).forEach(environment().out()::println);
    say(found.sources().size() + " of " + Words.many(found.total(), "source"));
    return ExitStatus.OK;
  }

  static @Nullable Object[] cells(SourceStatus source, Instant now) {
    return new @Nullable Object[] {
      source.source(),
      source.paused() && !source.state().equals("paused")
          ? source.state() + ", paused"
          : source.state(),
      source.landedAt(),
      source.landedBytes() == null ? null : ByteSize.format(source.landedBytes()),
      due(source, now),
      source.failuresInARow(),
      source.code() == null ? "" : source.code() + " " + source.reason()
    };
  }

  /** Where the time has come, what keeps the source from its next poll is told instead. */
  private static @Nullable String due(SourceStatus source, Instant now) {
    String due = source.dueAt();
    if (due == null || Instant.parse(due).isAfter(now)) {
      return due;
    }
    if (source.paused()) {
      return "paused";
    }
    return source.transfer() == null ? "now" : source.state();
  }
}
