package dev.dromedary.cli;

import dev.dromedary.app.ServiceConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dromedary drain}. */
@Command(
    name = "drain",
    header = "Finish what runs and take nothing new.",
    description = {
      "",
      "What waits stays in the ledger. Returns at once; 'dromedary status' tells when nothing runs"
          + " any more.",
      ""
    },
    footer = {"  dromedary drain", "  dromedary drain --stop", "  dromedary drain --undo"})
final class DrainCommand extends ServiceCommand {

  private static final String UNDO = "; 'dromedary drain --undo' takes new work again";

  @Option(names = "--stop", description = "End the service when nothing runs any more.")
  boolean isLast;

  @Option(names = "--undo", description = "Take new work again.")
  boolean isUndone;

  DrainCommand(CliEnvironment environment) {
    super(environment);
  }

  @Override
  int run(ServiceConnection service) {
    if (isLast && isUndone) {
      throw new UsageException("--stop and --undo: expected one of them");
    }
    int running = service.service().getInFlight();
    if (isUndone) {
      service.service().undrain();
    } else {
      service.service().drain(isLast);
    }
    if (isJson) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("draining", !isUndone);
      fields.put("inFlight", running);
      json(fields);
    } else {
      String drains = "draining, " + running + " running" + (isLast ? "" : UNDO);
      say(isUndone ? "takes new work again" : drains);
    }
    return ExitStatus.OK;
  }
}
