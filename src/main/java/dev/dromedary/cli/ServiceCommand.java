package dev.dromedary.cli;

import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.ServiceConnection;
import dev.dromedary.observe.Change;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command to the service that runs. It finds it by its work directory, on this machine and for
 * this user.
 */
@Command(
    footerHeading = "%nExamples:%n",
    exitCodeList = {
      "0:It was done, or told.",
      "1:Nothing matched, or nothing could be done about what matched; to pause what is paused"
          + " and to resume what runs is done already. Or it could not be printed.",
      "2:The command line is wrong, or no service runs on the work directory (E5015)."
    })
abstract class ServiceCommand implements Callable<Integer> {

  private final CliEnvironment environment;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "The work directory of the service (default: that of the configuration).")
  @Nullable Path work;

  @Option(
      names = "--json",
      description = "Print JSON on standard output, one object a line, and nothing else there.")
  boolean isJson;

  @Mixin CommonOptions common = new CommonOptions();

  ServiceCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    requireUsable();
    Logs.level(true, common.isDebug).apply();
    try (ServiceConnection service = ServiceConnection.open(workDirectory())) {
      return run(service);
    } catch (IllegalArgumentException refused) {
      throw new UsageException(String.valueOf(refused.getMessage()));
    } catch (UndeclaredThrowableException gone) {
      throw new DromedaryException(
          FailureCode.NO_SERVICE, "work directory " + workDirectory() + ": it ended", gone);
    }
  }

  /**
   * Refuses what no service could do.
   *
   * @throws UsageException with what is expected instead
   */
  void requireUsable() {}

  /** Does it and returns the exit status. */
  abstract int run(ServiceConnection service) throws Exception;

  CliEnvironment environment() {
    return environment;
  }

  /** Returns the work directory of the service that is meant. */
  Path workDirectory() {
    return work == null ? ServiceConnection.workOf(request()) : environment.resolve(work);
  }

  /** Returns what the service was started with. */
  RunRequest request() {
    return new RunRequest(
        RunMode.SERVICE,
        environment.home(),
        common.configFile(environment, RunCommand.CONFIG),
        Map.of(),
        null);
  }

  /** Tells of how many that matched something was done, and of the others why not. */
  void tell(Change change, String done) {
    if (isJson) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("matched", change.matched());
      fields.put("changed", change.changed());
      fields.put("left", change.left());
      json(fields);
    } else if (change.matched() > 0) {
      say(change.changed() + " of " + change.matched() + " " + done);
      change
          .left()
          .forEach(why -> environment.err().println("dromedary: " + TerminalText.escape(why)));
    }
  }

  /** Prints a line of text, made harmless. */
  void say(String line) {
    environment.out().println(TerminalText.escape(line));
  }

  /** Prints a value as one line of JSON. */
  void json(Object value) {
    environment.out().println(Json.line(value));
  }

  /** Complains that nothing is named so; returns the exit status. */
  int nothingMatches(String what) {
    return complain("nothing matches '" + what + "'");
  }

  /** Complains; returns the exit status. */
  int complain(String why) {
    environment.err().println("dromedary: " + TerminalText.escape(why));
    return ExitStatus.FAILED;
  }
}
