package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import picocli.CommandLine.Command;

/** {@code dromedary pause}. */
@Command(
    name = "pause",
    header = "Let polls skip sources until they are resumed.",
    description = {
      "",
      "Holds over a restart. What is under way goes on; 'dromedary cancel' ends it.",
      ""
    },
    footer = {"  dromedary pause 'mirror-*'"})
final class PauseCommand extends SourceChangeCommand {

  PauseCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  Change change(ServiceConnection service, String named) {
    return service.sources().pause(named);
  }

  @Override
  String done() {
    return "paused";
  }

  @Override
  boolean isDoneTwice() {
    return true;
  }
}
