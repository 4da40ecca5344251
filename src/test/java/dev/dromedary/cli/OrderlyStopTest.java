package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIGTERM closes what runs, latest first, and the exit status says whether that is a good end. */
@Timeout(60)
class OrderlyStopTest {

  @ParameterizedTest
  @CsvSource({"true,0", "false,143"})
  void sigtermClosesInReverseOrder_andAServiceEndsWith0(boolean isService, int status)
      throws IOException, InterruptedException {
    Process child = java(Probe.class.getName(), Boolean.toString(isService));
    try (BufferedReader lines = lines(child)) {
      assertThat(lines.readLine()).isEqualTo("ready");
      child.toHandle().destroy();
      List<String> said = lines.lines().toList();

      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(status);
      assertThat(said).startsWith("closed second", "closed first");
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void theProcessEndsWithTheStatusOfItsCommand() throws IOException, InterruptedException {
    Process child = java(Dromedary.class.getName(), "get", "ftp://h/x");
    try (BufferedReader lines = lines(child)) {
      assertThat(lines.lines()).hasSize(2).first().asString().startsWith("dromedary: url");
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(2);
    } finally {
      child.destroyForcibly();
    }
  }

  private static Process java(String... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path")),
                Stream.of(arguments))
            .toList();
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static BufferedReader lines(Process child) {
    return new BufferedReader(
        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Registers two things, says so, and waits for the end. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] args) throws InterruptedException {
      OrderlyStop stop = OrderlyStop.install(System.err, Boolean.parseBoolean(args[0]));
      stop.register(() -> say("closed first"));
      stop.register(() -> say("closed second"));
      say("ready");
      new CountDownLatch(1).await();
    }

    private static void say(String line) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
