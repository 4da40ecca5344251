package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dromedary cancel}. */
@Command(
    name = "cancel",
    header = "End transfers that run or wait; what arrived is kept.",
    description = {
      "",
      "Requests under way are broken off. A source is polled again at the next time of its schedule,"
          + " which counts from now, and goes on where it was; 'dromedary pause' prevents that,"
          + " 'dromedary retry' does it at once.",
      ""
    },
    footer = {"  dromedary cancel 01m8289qfybenarr6c", "  dromedary cancel 'nightly-*'"})
final class CancelCommand extends ChangeCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      description = "A transfer's id, a source's id, or a pattern of sources with * and ?.")
  List<String> names = List.of();

  CancelCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  List<String> named() {
    return names;
  }

  @Override
  Change change(ServiceConnection service, String named) {
    return service.transfers().cancel(named);
  }

  @Override
  String done() {
    return "cancelled";
  }
}
