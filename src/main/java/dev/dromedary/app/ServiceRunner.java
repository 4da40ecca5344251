package dev.dromedary.app;

import dev.dromedary.console.Console;
import dev.dromedary.digest.DigestWarmup;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.operate.Management;
import dev.dromedary.part.LastingDirectory;
import dev.dromedary.routing.OriginCatalog;
import dev.dromedary.routing.PollTracker;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Dromedary: settings read, work directory taken, ledger open, routes started. What was
 * opened is closed in reverse, also when a later step of the start fails.
 *
 * <p>Thread-safe; {@link #close()} may be called from a shutdown hook while another thread waits.
 */
public final class ServiceRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceRunner.class);

  private static final long LAST_STEPS_NANOS = 100_000_000L;

  private final PollTracker tracker = new PollTracker();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private volatile @Nullable Console console;
  private volatile boolean isStarted;
  private boolean closed;

  private ServiceRunner() {}

  /**
   * Starts what was asked for.
   *
   * @throws DromedaryException when configuration, source list, routes or work directory cannot be
   *     used; nothing is left running then
   */
  public static ServiceRunner start(RunRequest request, ProgressBoard board) {
    return start(request, board, Clock.systemUTC());
  }

  /** Starts what was asked for by another clock, as {@link #start(RunRequest, ProgressBoard)}. */
  public static ServiceRunner start(RunRequest request, ProgressBoard board, Clock clock) {
    ServiceRunner runner = new ServiceRunner();
    try {
      runner.open(request, board, clock);
      return runner;
    } catch (ProblemsException e) {
      runner.close();
      throw StartRefusal.withAll(request, e);
    } catch (RuntimeException | Error e) {
      runner.close();
      throw e;
    }
  }

  private void open(RunRequest request, ProgressBoard board, Clock clock) {
    DigestWarmup.start();
    Settings settings = ConfigurationReader.settings(request);
    SourceCatalog catalog = ConfigurationReader.catalog(request, settings);
    OriginCatalog origins = ConfigurationReader.origins(request, settings);
    Preflight.requirePlaces(request, settings);
    MemoryNeed.of(settings)
        .warning(request)
        .ifPresent(need -> LOG.warn("msg=\"memory is scarce\" reason=\"{}\"", need.message()));
    CompletableFuture<Void> lint =
        CompletableFuture.runAsync(() -> Preflight.requireRoutes(request, settings));
    Path landing = settings.places().landing();
    StartTraces traces = new StartTraces(landing, settings.places().work());
    WorkDirectory work = takeWork(request, settings.places().work());
    closers.push(work::close);
    closers.push(traces::erase);
    Optional<GetWork> get = GetWork.of(settings.places(), request.sources());
    get.ifPresent(one -> closers.push(TargetClaim.take(one)::close));
    createLanding(request, landing);
    openConsole(request, settings, board);
    Ledger ledger = Ledger.openBeside(work.ledger(), clock, new SecureRandom());
    closers.push(ledger::close);
    get.filter(one -> !one.shared().equals(settings.places().work()))
        .ifPresent(one -> remember(one, ledger));
    board.listen(tracker);
    closers.push(() -> board.unlisten(tracker));
    CamelWiring wiring =
        new CamelWiring(
            settings, request.home(), work, ledger, catalog, origins, board, tracker, clock);
    closers.push(wiring::close);
    Main main = wiring.main(request.mode());
    closers.push(() -> stopCamel(main));
    closers.push(
        () -> {
          wiring.stop().raise();
          wiring.requests().stop();
        });
    prepare(main, lint, request, settings);
    ledger.awaitOpen();
    try {
      main.start();
    } catch (Exception e) {
      throw RouteFailure.of(e, request, settings, List.of());
    }
    traces.keep();
    isStarted = true;
    if (request.mode() == RunMode.SERVICE) {
      Management management = wiring.manage(main, this::closeApart);
      closers.push(management::close);
      OpenFiles.wantedBeyondLimit(settings.transfer().concurrency())
          .ifPresent(ServiceRunner::tellFewFiles);
    }
    LOG.info(
        "msg=started sourceCount={} landing={} work={}",
        catalog.sources().size(),
        landing,
        settings.places().work());
    Optional.ofNullable(console).ifPresent(Console::announce);
  }

  private static void tellFewFiles(long wanted) {
    LOG.warn(
        "msg=\"fewer files may be open than transfers at once want\" wanted={} code={} remedy=\"{}\"",
        wanted,
        FailureCode.NO_DESCRIPTOR.label(),
        FailureCode.NO_DESCRIPTOR.remedy());
  }

  /** What cannot be read of the shared ledger now is no loss but of a small request. */
  private static void remember(GetWork work, Ledger ledger) {
    try {
      work.remember(ledger);
    } catch (DromedaryException e) {
      LOG.debug("msg=\"shared ledger not read\" code={} reason=\"{}\"", e.code(), e.getMessage());
    }
  }

  /**
   * Waits until every source due in the first poll has ended in an outcome, or it is stopped.
   *
   * @throws DromedaryException when the poll failed as a whole
   */
  public PollSummary awaitPoll() throws InterruptedException {
    tracker.await();
    return pollSoFar();
  }

  /** Returns what has become of the first poll by now, also after the stop. */
  public PollSummary pollSoFar() {
    List<TransferEvent> ended = tracker.ended();
    return new PollSummary(ended.size() + tracker.left(), ended);
  }

  /** Returns where the console is, when there is one. */
  public Optional<URI> console() {
    return Optional.ofNullable(console).map(Console::address);
  }

  /** Waits until it is stopped. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Stops: transfers under way are checkpointed and set down. Idempotent. */
  @Override
  public void close() {
    synchronized (closers) {
      if (closed) {
        return;
      }
      closed = true;
      tell("msg=stopping");
      tracker.stop();
      while (!closers.isEmpty()) {
        try {
          closers.pop().run();
        } catch (RuntimeException | Error e) {
          tellUnclosed(e);
        }
      }
    }
    tell("msg=stopped");
    stopped.countDown();
  }

  /**
   * What is left to close is closed all the same: the process may stay, and its directory taken.
   */
  private static void tellUnclosed(Throwable why) {
    SystemShortage.behind(why)
        .ifPresentOrElse(
            shortage -> LOG.warn("msg=\"not closed cleanly\" reason=\"{}\"", shortage.report()),
            () -> LOG.warn("msg=\"not closed cleanly\"", why));
  }

  /** A start that was refused may share the log of the very service that was in its way. */
  private void tell(String line) {
    if (isStarted) {
      LOG.info(line);
    }
  }

  private void openConsole(RunRequest request, Settings settings, ProgressBoard board) {
    if (request.mode() == RunMode.SERVICE && settings.console() != null) {
      Console opened =
          Console.open(settings.console(), board, ManagementFactory.getPlatformMBeanServer());
      closers.push(opened::close);
      console = opened;
    }
  }

  /** Closes from a thread of the service itself, which would otherwise wait for its own end. */
  private void closeApart() {
    new Thread(this::close, "drained").start();
  }

  /** Reads the routes; what the lint finds in them it says more clearly than Camel. */
  private static void prepare(
      Main main, CompletableFuture<Void> lint, RunRequest request, Settings settings) {
    try {
      main.init();
    } catch (Exception e) {
      throw RouteFailure.of(e, request, settings, found(lint));
    }
    join(lint);
  }

  private static List<Problem> found(CompletableFuture<Void> lint) {
    try {
      join(lint);
      return List.of();
    } catch (ProblemsException e) {
      return e.problems();
    }
  }

  private static void join(CompletableFuture<Void> lint) {
    try {
      lint.join();
    } catch (CompletionException refused) {
      throw refused.getCause() instanceof DromedaryException known ? known : refused;
    }
  }

  /** An exchange that has just told its end needs a moment; Camel would look again in a second. */
  private static void awaitLastSteps(@Nullable CamelContext context) {
    long deadline = System.nanoTime() + LAST_STEPS_NANOS;
    while (context != null
        && context.getInflightRepository().size() > 0
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static void stopCamel(Main main) {
    try {
      awaitLastSteps(main.getCamelContext());
      main.stop();
    } catch (Exception e) {
      LOG.warn("msg=\"routes not stopped cleanly\"", e);
    }
  }

  private static WorkDirectory takeWork(RunRequest request, Path directory) {
    try {
      return WorkDirectory.take(directory, request.mode() == RunMode.SERVICE);
    } catch (DirectoryFailure e) {
      throw e.toldOf(request, SettingKey.WORK, directory);
    }
  }

  private static void createLanding(RunRequest request, Path landing) {
    try {
      LastingDirectory.make(landing);
    } catch (IOException e) {
      throw DirectoryFailure.of(FailureCode.DELIVERY_FAILED, "landing zone " + landing, e)
          .toldOf(request, SettingKey.LANDING, landing);
    }
    if (!Files.isWritable(landing)) {
      throw new DromedaryException(
          FailureCode.PERMISSION_DENIED,
          "landing zone " + landing + ": expected a directory to write to, found it read-only");
    }
  }
}
