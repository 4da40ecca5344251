package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
final class PauseCommand extends ChangeCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description = "A source's id, or a pattern with * and ?.")
  List<String> names = List.of();

  PauseCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  List<String> named() {
    return names;
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
