package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorReportTest {

  private static final Error NO_THREAD =
      new OutOfMemoryError(
          "unable to create native thread: possibly out of memory or process/resource limits reached");

  private final CliFixture cli = new CliFixture(Path.of("home"), Path.of("/"));
  private final ErrorReport errors = new ErrorReport(cli.environment.err());

  @Test
  void aKnownFailureIsOneLineWithItsRemedy() {
    int status = report(new DromedaryException(FailureCode.WORK_DIRECTORY_BUSY, "in/.dromedary\n"));

    assertThat(status).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo(
            "dromedary: E5012 in/.dromedary\\x0a (stop it or give another dromedary.work (get, once: --work))\n");
  }

  @Test
  void everyProblemIsALine() {
    int status =
        report(
            new ProblemsException(
                FailureCode.SOURCE_LIST,
                List.of(new Problem("a.yaml", 1, "one"), new Problem("a.yaml", 9, "two"))));

    assertThat(status).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo("dromedary: E5011 a.yaml:1: one\ndromedary: E5011 a.yaml:9: two\n");
  }

  @Test
  void aBugIsALineToo_withoutItsStackTrace() {
    int status = report(new IllegalStateException("odd"));

    assertThat(status).isEqualTo(1);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains("E9000", "odd", "--debug");
  }

  @ParameterizedTest
  @MethodSource("shortages")
  void aLackOfThreadsIsTheOperators_whateverItIsWrappedIn(Exception failure) {
    int status = report(failure);

    assertThat(status).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo(
            "dromedary: E5009 a thread could not be started ("
                + FailureCode.NO_THREAD.remedy()
                + ")\n");
  }

  static List<Exception> shortages() {
    return List.of(
        new CompletionException(NO_THREAD),
        new IllegalStateException("not started", new RuntimeException(NO_THREAD)));
  }

  @Test
  void aLackOfThreadsIsTheOperators_alsoAsTheErrorItself() {
    assertThat(errors.failure(NO_THREAD)).isEqualTo(2);
    assertThat(cli.err()).startsWith("dromedary: E5009 ").hasLineCount(1);
  }

  @Test
  void anotherErrorIsShownWhole() {
    assertThat(errors.failure(new StackOverflowError("deep"))).isEqualTo(1);
    assertThat(cli.err()).contains("StackOverflowError: deep", "\tat dev.dromedary.cli");
  }

  @Test
  void debugShowsTheStackTrace() {
    errors.failure(new IllegalStateException("odd"), Dromedary.commandLine(cli.environment), true);

    assertThat(cli.err()).contains("\tat dev.dromedary.cli.ErrorReportTest");
  }

  private int report(Exception failure) {
    return errors.failure(failure, Dromedary.commandLine(cli.environment), false);
  }
}
