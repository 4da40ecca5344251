package dev.dromedary.cli;

import dev.dromedary.console.PasswordFile;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dromedary console-password}: a line for the file of who may use the console. */
@Command(
    name = "console-password",
    header = "Make a line for the password file of the console.",
    description = {
      "",
      "Asks for a password, without showing it, or reads it from the first line of standard input,"
          + " and prints the line for the file that dromedary.console.password-file names. The line"
          + " holds the name and a salted hash; the password cannot be read from it.",
      ""
    },
    exitCodeList = {
      "0:The line was printed.",
      ExitStatus.UNWRITTEN,
      "2:The command line, the name or the password cannot be used."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  dromedary console-password ada >> config/console-users",
      "  pass show console | dromedary console-password ada >> config/console-users"
    })
final class ConsolePasswordCommand implements Callable<Integer> {

  private final CliEnvironment environment;

  @Parameters(paramLabel = "NAME", description = "The user's name.")
  String name = "";

  ConsolePasswordCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    char[] password = password();
    try {
      environment.out().println(PasswordFile.line(name, password, new SecureRandom()));
      return ExitStatus.OK;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private char[] password() throws IOException {
    Console terminal = System.console();
    if (terminal == null) {
      String line =
          new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? new char[0] : line.toCharArray();
    }
    char[] first = terminal.readPassword("Password: ");
    char[] second = terminal.readPassword("Again: ");
    if (first == null || !Arrays.equals(first, second)) {
      throw new UsageException("expected the same password twice");
    }
    return first;
  }
}
