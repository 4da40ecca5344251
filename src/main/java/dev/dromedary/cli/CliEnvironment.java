package dev.dromedary.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a command finds around it.
 *
 * @param in standard input: a source list, a password
 * @param out standard output: results
 * @param err standard error: progress and complaints
 * @param outTerminal what standard output is connected to
 * @param terminal what standard error is connected to
 * @param home the directory that holds {@code routes/} and {@code config/}
 * @param directory what relative paths on the command line are relative to
 * @param clock tells the time
 */
record CliEnvironment(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminal outTerminal,
    Terminal terminal,
    Path home,
    Path directory,
    Clock clock) {

  /** Returns a path from the command line as an absolute one. */
  Path resolve(Path written) {
    return directory.resolve(written).normalize();
  }
}
