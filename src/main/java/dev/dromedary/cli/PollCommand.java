package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import picocli.CommandLine.Command;

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
final class PollCommand extends SourceChangeCommand {

  PollCommand(CliEnvironment environment) {
    super(environment);
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
