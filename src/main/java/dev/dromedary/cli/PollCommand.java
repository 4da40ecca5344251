package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dromedary poll}. */
@Command(
    name = "poll",
    header = "Poll sources now, whatever their schedules say.",
    description = {
      "",
      "A source with a transfer under way is left as it is, and so is a paused one; both are told on"
          + " standard error.",
      ""
    },
    footer = {"  dromedary poll nightly-dump", "  dromedary poll '*'"})
final class PollCommand extends ChangeCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description = "A source's id, or a pattern with * and ?.")
  List<String> names = List.of();

  PollCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  List<String> named() {
    return names;
  }

  @Override
  Change change(ServiceConnection service, String named) {
    return service.sources().poll(named);
  }

  @Override
  String done() {
    return "polled";
  }
}
