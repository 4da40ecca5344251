package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process of the program, with what it printed; ended when closed. */
final class Child implements AutoCloseable {

  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);

  private static final long DUMP_MILLIS = 1000;

  /** How much of a thread's stack tells what it waits for. */
  private static final int TOLD_FRAMES = 14;

  private final Process process;
  private final Path outFile;
  private final Path errFile;

  Child(Process process, Path outFile, Path errFile) {
    this.process = process;
    this.outFile = outFile;
    this.errFile = errFile;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as the kernel does when memory runs out: at once, whatever it was doing. */
  void kill() {
    process.destroyForcibly();
    awaitExit(SIGNAL_LIMIT);
  }

  /** Lets it do nothing more, as yet alive; returns when none of its threads runs. */
  void freeze() {
    signal("STOP");
    Path status = Path.of("/proc/" + process.pid() + "/status");
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(4))
        .atMost(SIGNAL_LIMIT)
        .until(() -> read(status).contains("\nState:\tT"));
  }

  /** Sends a signal, such as {@code INT}. */
  void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      assertThat(kill.waitFor(SIGNAL_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(kill.exitValue()).as("kill -%s", name).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits for its end and returns the exit status; fails with its threads when it goes on. */
  int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        signal("QUIT");
        process.waitFor(DUMP_MILLIS, TimeUnit.MILLISECONDS);
        throw new AssertionError(
            "still runs after " + limit + "\n--- err\n" + err() + "\n--- threads\n" + threads());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits for its end, which must be with this status. */
  Child requireExit(int status, Duration limit) {
    assertThat(awaitExit(limit)).as(this::toString).isEqualTo(status);
    return this;
  }

  /** Returns what it printed on standard output so far. */
  String out() {
    return read(outFile);
  }

  /** Returns what it printed on standard error so far. */
  String err() {
    return read(errFile);
  }

  /** Returns the threads of the dump that are in our code or in Camel's, and the top of each. */
  private String threads() {
    return Arrays.stream(out().split("\n\n", -1))
        .filter(thread -> thread.contains("dev.dromedary") || thread.contains("org.apache.camel"))
        .map(thread -> thread.lines().limit(TOLD_FRAMES).collect(Collectors.joining("\n")))
        .collect(Collectors.joining("\n\n"));
  }

  List<String> outLines() {
    return out().lines().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit(SIGNAL_LIMIT);
  }

  @Override
  public String toString() {
    return "process " + process.pid() + "\n--- out\n" + out() + "\n--- err\n" + err();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for a process", e);
  }
}
