package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import picocli.CommandLine.Command;

/** {@code dromedary resume}. */
@Command(
    name = "resume",
    header = "Let polls take paused sources again.",
    description = {"", "A source that became due meanwhile is polled at once.", ""},
    footer = {"  dromedary resume '*'"})
final class ResumeCommand extends SourceChangeCommand {

  ResumeCommand(CliEnvironment environment) {
    super(environment);
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
