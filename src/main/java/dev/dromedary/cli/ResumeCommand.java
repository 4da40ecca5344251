package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dromedary resume}. */
@Command(
    name = "resume",
    header = "Let polls take paused sources again.",
    description = {"", "A source that became due meanwhile is polled at once.", ""},
    footer = {"  dromedary resume '*'"})
final class ResumeCommand extends ChangeCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description = "A source's id, or a pattern with * and ?.")
  List<String> names = List.of();

  ResumeCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  List<String> named() {
    return names;
  }

  @Override
  Change change(ServiceConnection service, String named) {
    return service.sources().resume(named);
  }

  @Override
  String done() {
    return "resumed";
  }

  @Override
  boolean isDoneTwice() {
    return true;
  }
}
