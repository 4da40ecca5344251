package dev.dromedary.cli;

import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.ServiceRunner;
import dev.dromedary.demo.DemoOrigin;
import dev.dromedary.demo.DemoSizes;
import dev.dromedary.observe.ProgressBoard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code dromedary train}: one small poll and one {@code get} against an origin in this process, in
 * silence, so that a class-data archive made of it holds what every other command loads.
 */
@Command(
    name = "train",
    hidden = true,
    header = "Load what every command loads, for the class-data archive of the launcher.")
final class TrainCommand implements Callable<Integer> {

  private final CliEnvironment environment;

  TrainCommand(CliEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    LogLevel.QUIET.apply();
    Path directory = Files.createTempDirectory("dromedary-train");
    try (DemoOrigin origin = DemoOrigin.start(DemoSizes.TINY)) {
      Path sources = directory.resolve("sources.yaml");
      origin.writeSourceList(sources);
      Map<String, String> settings =
          Map.of(
              "dromedary.sources", sources.toString(),
              "dromedary.landing", directory.resolve("landing").toString(),
              "dromedary.work", directory.resolve("work").toString(),
              "dromedary.retry.backoff", "10ms",
              "dromedary.retry.max-retry-after", "10ms");
      RunRequest request =
          new RunRequest(RunMode.ONE_POLL, environment.home(), null, settings, null);
      ProgressBoard board = new ProgressBoard(environment.clock());
      try (ServiceRunner runner = ServiceRunner.start(request, board)) {
        runner.awaitPoll();
      }
      return get(origin.origin().uri(origin.files().get(0).path()), directory);
    } finally {
      delete(directory);
    }
  }

  private int get(URI url, Path directory) {
    return Dromedary.execute(
        environment, "get", url.toString(), "-q", "--to", directory.resolve("got").toString());
  }

  private static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.walk(directory)) {
      paths = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
