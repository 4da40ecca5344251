package dev.dromedary.flow;

import static org.awaitility.Awaitility.await;

import dev.dromedary.app.LiveTree;
import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.ServiceRunner;
import dev.dromedary.demo.Content;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.LedgerSettings;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.spi.MutableTrigger;

/**
 * The real service on the routes of the checkout, with a source list that a test adds to while it
 * runs. May be stopped and started again on the same directories.
 */
final class Flow implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

  private final Path directory;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, List<TransferEvent>> events = new ConcurrentHashMap<>();
  private final ProgressBoard board = new ProgressBoard(Clock.systemUTC());
  private Clock clock = Clock.systemUTC();
  private TransferListener ear = this::note;
  private @Nullable ServiceRunner runner;

  private Flow(Path directory, Map<String, String> overrides) {
    this.directory = directory;
    board.listen(ear);
    set("sources", directory.resolve("sources.yaml").toString());
    set("work", directory.resolve("work").toString());
    set("landing", directory.resolve("landing").toString());
    settings.put("camel.main.name", "flow-" + directory.toString().hashCode());
    set("poll.interval", "100ms");
    set("retry.backoff", "10ms");
    set("retry.backoff-max", "20ms");
    set("retry.tries", "3");
    set("transfer.concurrency", "8");
    set("breaker.sources", "0");
    set("console.port", "off");
    overrides.forEach(this::set);
  }

  /** A service that is not running yet. */
  static Flow prepared(Path directory, Map<String, String> overrides) {
    return new Flow(directory, overrides);
  }

  /** A running service without sources. */
  static Flow running(Path directory, Map<String, String> overrides) {
    Flow flow = new Flow(directory, overrides);
    flow.start();
    return flow;
  }

  void set(String key, String value) {
    settings.put("dromedary." + key, value);
  }

  /** Adds a route of a user's to a copy of ours. */
  void addRoute(String yaml) {
    Path routes = copyRoutes();
    try {
      Files.writeString(routes.resolve("users.camel.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces text that must be there in a copy of one of our routes. */
  void editRoute(String name, String found, String replacement) {
    Path route = copyRoutes().resolve(name + ".camel.yaml");
    try {
      String text = Files.readString(route);
      if (!text.contains(found)) {
        throw new IllegalArgumentException(name + ": expected '" + found + "'");
      }
      Files.writeString(route, text.replace(found, replacement));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path copyRoutes() {
    Path routes = directory.resolve("routes");
    try (Stream<Path> ours = Files.list(home().resolve("routes"))) {
      Files.createDirectories(routes);
      for (Path route : ours.toList()) {
        Path copy = routes.resolve(route.getFileName());
        if (Files.notExists(copy)) {
          Files.copy(route, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings.put("camel.main.routesIncludePattern", "file:" + routes + "/*.camel.yaml");
    return routes;
  }

  /** Lets somebody listen to every event, in the thread that tells it. */
  void listen(TransferListener listener) {
    board.listen(listener);
  }

  /** Lets the next start go by another clock. */
  void goBy(Clock other) {
    clock = other;
  }

  void start() {
    writeList();
    runner = run(RunMode.SERVICE);
    hearLast();
  }

  /** Who waits here for an event asks the beans next, which must have been told before. */
  private void hearLast() {
    TransferListener before = ear;
    ear = this::note;
    board.listen(ear);
    board.unlisten(before);
  }

  /** What is told while one ear follows the other may come to both. */
  private void note(TransferEvent event) {
    List<TransferEvent> own =
        events.computeIfAbsent(event.sourceId(), id -> new CopyOnWriteArrayList<>());
    if (own.stream().noneMatch(noted -> noted == event)) {
      own.add(event);
    }
  }

  /** Runs one poll of the list and returns how each transfer ended. */
  List<TransferEvent> pollOnce() throws InterruptedException {
    writeList();
    try (ServiceRunner once = run(RunMode.ONE_POLL)) {
      return once.awaitPoll().ended();
    }
  }

  /** Stops it within the limit a user is promised; returns how long that took. */
  Duration stop() {
    long begun = System.nanoTime();
    Objects.requireNonNull(runner, "not started").close();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Adds or replaces an entry of the list. */
  void add(Entry... more) {
    for (Entry entry : more) {
      entries.put(entry.id(), entry);
    }
    writeList();
  }

  void remove(String id) {
    entries.remove(id);
    writeList();
  }

  /** Adds an entry and waits for the end of its transfer. */
  TransferEvent fetch(Entry entry) {
    int before = ends(entry.id()).size();
    add(entry);
    return awaitEnd(entry.id(), before + 1);
  }

  /** Has an entry that has ended before polled once more, and waits for the end of that. */
  TransferEvent fetchAgain(Entry entry) {
    int before = ends(entry.id()).size();
    add(entry);
    bean(SourcesMXBean.NAME, SourcesMXBean.class).poll(entry.id());
    return awaitEnd(entry.id(), before + 1);
  }

  /** Returns a bean of the service that runs in this process. */
  static <T> T bean(String name, Class<T> type) {
    return JMX.newMXBeanProxy(BEANS, JmxClient.name(name), type);
  }

  /** Stops a route as an operator does by Camel's own bean; what does not end is broken off. */
  void stopRoute(String id) {
    invoke(id, "stop");
  }

  void startRoute(String id) {
    invoke(id, "start");
  }

  /** Returns how many messages the steps of a route are at. */
  long inflight(String routeId) {
    try {
      return (long) BEANS.getAttribute(route(routeId), "ExchangesInflight");
    } catch (JMException e) {
      throw new AssertionError(routeId, e);
    }
  }

  /** Leaves every timer of the routes as a clock that is set back does: so much too late. */
  static void delayTimers(Duration by) {
    try {
      for (Scheduler scheduler : SchedulerRepository.getInstance().lookupAll()) {
        for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyGroup())) {
          boolean isPaused = scheduler.getTriggerState(key) == TriggerState.PAUSED;
          MutableTrigger trigger = (MutableTrigger) scheduler.getTrigger(key);
          trigger.setStartTime(Date.from(trigger.getNextFireTime().toInstant().plus(by)));
          scheduler.rescheduleJob(key, trigger);
          if (isPaused) {
            scheduler.pauseTrigger(key);
          }
        }
      }
    } catch (SchedulerException e) {
      throw new AssertionError(e);
    }
  }

  /** Purges a queue as an operator does by Camel's own bean; returns how much it held. */
  int purge(String queue) {
    ObjectName all =
        JmxClient.name(
            "org.apache.camel:context=" + settings.get("camel.main.name") + ",type=endpoints,*");
    for (ObjectName name : BEANS.queryNames(all, null)) {
      if (name.getKeyProperty("name").contains(queue)) {
        try {
          int held = (int) BEANS.getAttribute(name, "CurrentQueueSize");
          BEANS.invoke(name, "purgeQueue", null, null);
          return held;
        } catch (JMException e) {
          throw new AssertionError(queue, e);
        }
      }
    }
    throw new AssertionError(queue);
  }

  private void invoke(String routeId, String operation) {
    try {
      BEANS.invoke(route(routeId), operation, null, null);
    } catch (JMException e) {
      throw new AssertionError(operation + " " + routeId, e);
    }
  }

  private ObjectName route(String id) {
    return JmxClient.name(
        "org.apache.camel:context="
            + settings.get("camel.main.name")
            + ",type=routes,name=\""
            + id
            + "\"");
  }

  /** Waits for the {@code count}th end of a source's transfers. */
  TransferEvent awaitEnd(String id, int count) {
    await("end " + count + " of " + id + ", so far " + events(id))
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> ends(id).size() >= count);
    return ends(id).get(count - 1);
  }

  /** Waits for an event of a source in a state. */
  TransferEvent awaitState(String id, TransferState state) {
    await(state + " of " + id)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> events(id).stream().anyMatch(event -> event.state() == state));
    return events(id).stream().filter(event -> event.state() == state).findFirst().orElseThrow();
  }

  List<TransferEvent> events(String id) {
    return events.getOrDefault(id, List.of());
  }

  List<TransferEvent> ends(String id) {
    return events(id).stream().filter(event -> event.state().isTerminal()).toList();
  }

  /** Returns where its console is; {@code console.port} must be 0. */
  URI console() {
    return Objects.requireNonNull(runner, "not started").console().orElseThrow();
  }

  /** Waits until so many bytes of a running transfer have been read from the network. */
  void awaitReceived(String id, long bytes) {
    await(bytes + " bytes of " + id)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                board.running().stream()
                    .anyMatch(now -> now.sourceId().equals(id) && now.networkBytes() >= bytes));
  }

  /** Returns the ids of the sources whose transfers run. */
  List<String> running() {
    return board.running().stream().map(ProgressSnapshot::sourceId).toList();
  }

  /** Returns how many bytes of a running transfer have been read from the network. */
  long networkBytes(String id) {
    return board.running().stream()
        .filter(now -> now.sourceId().equals(id))
        .mapToLong(ProgressSnapshot::networkBytes)
        .max()
        .orElse(0);
  }

  /** Returns the codes of the attempts that failed, in order. */
  List<String> failures(String id) {
    return events(id).stream()
        .filter(event -> event.code() != null)
        .map(event -> String.valueOf(event.code()))
        .toList();
  }

  Path landing() {
    return Path.of(settings.get("dromedary.landing"));
  }

  Path landed(String target) {
    return landing().resolve(target);
  }

  boolean hasLanded(String target, Content content) {
    try {
      return Files.isRegularFile(landed(target)) && content.matches(landed(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the names below the landing zone, directories left out. */
  List<String> landedNames() {
    return names(landing());
  }

  /** Returns the names of what waits in staging for a source. */
  List<String> staged(String id) {
    return names(directory.resolve("work/staging")).stream()
        .filter(name -> name.startsWith(id + "-"))
        .toList();
  }

  Path staging() {
    return directory.resolve("work/staging");
  }

  /** Asks the ledger; also while the service runs. */
  <T> T ledger(Function<Ledger, T> question) {
    LedgerSettings file = LedgerSettings.sqlite(directory.resolve("work/ledger.db"));
    try (Ledger ledger = Ledger.open(file, Clock.systemUTC(), new SecureRandom())) {
      return question.apply(ledger);
    }
  }

  @Override
  public void close() {
    ServiceRunner started = runner;
    if (started != null) {
      started.close();
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("dromedary.home"));
  }

  private ServiceRunner run(RunMode mode) {
    return ServiceRunner.start(new RunRequest(mode, home(), null, settings, null), board, clock);
  }

  private void writeList() {
    String body = entries.values().stream().map(Entry::yaml).collect(Collectors.joining());
    writeList(body.isEmpty() ? "sources: []\n" : "sources:\n" + body);
  }

  /** Replaces the whole list by a text. */
  void writeList(String text) {
    try {
      Path next = directory.resolve("sources.yaml.new");
      Files.writeString(next, text);
      Files.move(next, directory.resolve("sources.yaml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path root) {
    try {
      return LiveTree.files(root).stream().map(path -> root.relativize(path).toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
