package dev.dromedary.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that changes the sources which its arguments name, by id or by pattern. */
abstract class SourceChangeCommand extends ChangeCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description = "A source's id, or a pattern with * and ?.")
  List<String> names = List.of();

  SourceChangeCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  List<String> named() {
    return names;
  }
}
