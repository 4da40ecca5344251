package dev.dromedary.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;

/** The program: {@code dromedary COMMAND …}. */
@Command(
    name = "dromedary",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:It was done: all landed or was unchanged, a service stopped in order.",
      "1:It was not, or not all of it; 'dromedary COMMAND --help' tells of which.",
      "2:The command line, the configuration or what it names is wrong; nothing was touched.",
      ExitStatus.HEAP_FULL,
      ExitStatus.BROKEN_OFF
    })
public final class Dromedary implements Runnable {

  private static final Set<String> NEED_ALL = Set.of("help", "completion");

  /** Cells for the names of options in a usage text, so that none is broken. */
  private static final int LONGEST_OPTION = 34;

  private final CommandLine self;

  private Dromedary(CliEnvironment environment, Predicate<String> isWanted) {
    self = new CommandLine(this);
    commands(environment)
        .forEach(
            (name, command) -> {
              if (isWanted.test(name)) {
                self.addSubcommand(name, command.get());
              }
            });
    CommandSpec root = self.getCommandSpec();
    root.usageMessage()
        .header("Lands large files: resumed, verified, whole or absent.")
        .description(
            "",
            "Fetches large files over HTTP(S) from other people's servers into a landing zone, once"
                + " or on a schedule. A name appears there only when length and digests agree.",
            "")
        .footerHeading("%nEnvironment:%n")
        .footer(
            "  JAVA_OPTS  options for the Java virtual machine, e.g. -Xmx64m",
            "  JAVA_HOME  the Java to run on, 17 or newer",
            "",
            "Examples:",
            "  dromedary demo",
            "  dromedary get https://example.org/data.tar.gz --digest sha-256=9f86...",
            "  dromedary once --sources urls.txt --to /srv/in",
            "  dromedary run",
            "  dromedary status --watch",
            "",
            "'dromedary COMMAND --help' tells more about each.");
    ErrorReport errors = new ErrorReport(environment.err());
    self.setOut(new PrintWriter(environment.out(), true))
        .setErr(new PrintWriter(environment.err(), true))
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .setExecutionStrategy(
            parsed -> {
              RepeatedOption.refuse(parsed);
              return new CommandLine.RunLast().execute(parsed);
            })
        .registerConverter(Path.class, new OptionValue.PathName())
        .setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION)
        .setParameterExceptionHandler((problem, args) -> errors.usage(problem))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> errors.failure(failure, command, isDebug(command)));
  }

  private static Map<String, Supplier<Object>> commands(CliEnvironment environment) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("get", () -> new GetCommand(environment));
    commands.put("once", () -> new OnceCommand(environment));
    commands.put("run", () -> new RunCommand(environment));
    commands.put("demo", () -> new DemoCommand(environment));
    commands.put("check", () -> new CheckCommand(environment));
    commands.put("console-password", () -> new ConsolePasswordCommand(environment));
    commands.put("status", () -> new StatusCommand(environment));
    commands.put("sources", () -> new SourcesCommand(environment));
    commands.put("transfers", () -> new TransfersCommand(environment));
    commands.put("failures", () -> new FailuresCommand(environment));
    commands.put("poll", () -> new PollCommand(environment));
    commands.put("pause", () -> new PauseCommand(environment));
    commands.put("resume", () -> new ResumeCommand(environment));
    commands.put("cancel", () -> new CancelCommand(environment));
    commands.put("retry", () -> new RetryCommand(environment));
    commands.put("limit", () -> new LimitCommand(environment));
    commands.put("drain", () -> new DrainCommand(environment));
    commands.put("completion", () -> new CompletionCommand(environment));
    commands.put("train", () -> new TrainCommand(environment));
    commands.put("help", HelpCommand::new);
    return commands;
  }

  /** Runs a command and ends the process with its status. */
  public static void main(String[] args) {
    StandardOutput out = StandardOutput.ofThisProcess();
    CliEnvironment environment =
        new CliEnvironment(
            System.in,
            out,
            System.err,
            Terminal.ofStandardOutput(),
            Terminal.ofStandardError(),
            ProgramHome.find(System.getProperty("dromedary.home")),
            Path.of("").toAbsolutePath(),
            Clock.systemUTC());
    try {
      int status = out.end(execute(environment, args), environment.err());
      environment.err().flush();
      exit(status);
    } catch (Error e) {
      // what failed in its stop, for want of threads or memory, would leave it running for ever
      Runtime.getRuntime().halt(new ErrorReport(environment.err()).failure(e));
    }
  }

  /** Ends with a status also where the hooks of the end cannot be started. */
  private static void exit(int status) {
    try {
      System.exit(status);
    } catch (OutOfMemoryError noThread) {
      Runtime.getRuntime().halt(status);
    }
  }

  /** Runs a command in the given environment and returns its exit status. */
  static int execute(CliEnvironment environment, String... args) {
    CommandLine program = commandLineFor(environment, args);
    int command = args.length > 1 && args[0].equals("help") ? 1 : 0;
    // with --help behind it, no command at all would be explained as if it were asked for
    return command < args.length && !isKnown(args[command], program)
        ? new ErrorReport(environment.err()).unknownCommand(program, args[command])
        : program.execute(args);
  }

  private static boolean isKnown(String word, CommandLine program) {
    return word.startsWith("-") || program.getSubcommands().containsKey(word);
  }

  /** Returns the command line of all commands. */
  static CommandLine commandLine(CliEnvironment environment) {
    return new Dromedary(environment, name -> true).self;
  }

  /** Reading the options of twenty commands costs a tenth of a start; most need those of one. */
  private static CommandLine commandLineFor(CliEnvironment environment, String[] args) {
    boolean needsOne =
        args.length > 0
            && !NEED_ALL.contains(args[0])
            && commands(environment).containsKey(args[0]);
    return needsOne ? new Dromedary(environment, args[0]::equals).self : commandLine(environment);
  }

  @Override
  public void run() {
    throw new UsageException("expected a command, such as get, once, run, status or help");
  }

  private static boolean isDebug(CommandLine command) {
    var option = command.getCommandSpec().findOption("--debug");
    return option != null && Boolean.TRUE.equals(option.getValue());
  }
}
