package dev.dromedary.app;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.routing.OriginCatalog;
import dev.dromedary.routing.PollTracker;
import dev.dromedary.routing.SourceCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.main.Main;

/** Loads the routes with the real beans in a context that starts none of them. */
final class DryRun {

  private DryRun() {}

  /** Returns what Camel says against the routes, if anything. */
  static Optional<Exception> refusal(
      RunRequest request, Settings settings, SourceCatalog catalog, OriginCatalog origins) {
    Path scratch = scratch();
    Clock clock = Clock.systemUTC();
    try (WorkDirectory work = WorkDirectory.take(scratch);
        Ledger ledger = Ledger.open(work.ledger(), clock, new SecureRandom())) {
      CamelWiring wiring =
          new CamelWiring(
              settings,
              request.home(),
              work,
              ledger,
              catalog,
              origins,
              new ProgressBoard(clock),
              new PollTracker(),
              clock);
      Main main = wiring.main(request.mode());
      main.addOverrideProperty("camel.main.autoStartup", "false");
      // Quartz fires for endpoints also when their routes do not run.
      main.addOverrideProperty("camel.component.quartz.autoStartScheduler", "false");
      main.addOverrideProperty("camel.main.jmxEnabled", "false");
      try {
        main.start();
        return Optional.empty();
      } catch (Exception e) {
        return Optional.of(e);
      } finally {
        main.stop();
        wiring.close();
      }
    } finally {
      delete(scratch);
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("dromedary-check-");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory can be made", e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("temporary directory " + directory + " cannot be removed", e);
    }
  }
}
