package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dromedary retry}. */
@Command(
    name = "retry",
    header = "Queue failed or cancelled transfers again; they resume with what arrived.",
    description = {
      "",
      "Names transfers or their sources, or all dead letters, or all those of one code. What waits"
          + " for its next attempt makes it at once.",
      ""
    },
    footer = {
      "  dromedary retry nightly-dump",
      "  dromedary retry 'nightly-*'",
      "  dromedary retry --code E4401",
      "  dromedary retry --all"
    })
final class RetryCommand extends ChangeCommand {

  private static final String ALL = "*";
  private static final String CODE = "code=";

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "A transfer's id, a source's id, or a pattern of sources with * and ?.")
  List<String> names = List.of();

  @Option(names = "--all", description = "Every dead letter.")
  boolean isAll;

  @Option(names = "--code", paramLabel = "CODE", description = "Every dead letter of a code.")
  @Nullable String code;

  RetryCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  void requireUsable() {
    if (code == null) {
      return;
    }
    String wanted = code.strip().toUpperCase(Locale.ROOT);
    List<String> labels = Stream.of(FailureCode.values()).map(FailureCode::label).toList();
    if (!labels.contains(wanted)) {
      throw new UsageException(
          "--code '"
              + code
              + "': expected a code as 'dromedary failures' tells it, such as E4401"
              + NearestName.hint(wanted, labels));
    }
  }

  @Override
  List<String> named() {
    List<String> named = new ArrayList<>(names);
    if (isAll) {
      named.add(ALL);
    }
    if (code != null) {
      named.add(CODE + code);
    }
    if (named.isEmpty()) {
      throw new UsageException("expected an ID, --all or --code CODE");
    }
    return named;
  }

  @Override
  Change change(ServiceConnection service, String named) {
    if (isAll && named.equals(ALL)) {
      return service.failures().retryAll();
    }
    return code != null && named.equals(CODE + code)
        ? service.failures().retryByCode(code)
        : service.transfers().retry(named);
  }

  @Override
  String done() {
    return "queued again";
  }
}
