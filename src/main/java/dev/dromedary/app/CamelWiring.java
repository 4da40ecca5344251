package dev.dromedary.app;

import dev.dromedary.component.LandedBody;
import dev.dromedary.failure.RetryPolicy;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.operate.Management;
import dev.dromedary.operate.ServiceFacts;
import dev.dromedary.origin.HostAccess;
import dev.dromedary.origin.HostMemory;
import dev.dromedary.origin.OpenRequests;
import dev.dromedary.origin.OriginClient;
import dev.dromedary.origin.OriginHeaders;
import dev.dromedary.origin.OriginSettings;
import dev.dromedary.origin.OriginSlots;
import dev.dromedary.part.BootId;
import dev.dromedary.part.Delivery;
import dev.dromedary.part.DiskStorage;
import dev.dromedary.part.PartFile;
import dev.dromedary.part.PartPaths;
import dev.dromedary.part.PartSettings;
import dev.dromedary.routing.ConnectionLimits;
import dev.dromedary.routing.DeliverySteps;
import dev.dromedary.routing.DigestSteps;
import dev.dromedary.routing.DiskBudget;
import dev.dromedary.routing.EventSteps;
import dev.dromedary.routing.EventTime;
import dev.dromedary.routing.FailureSteps;
import dev.dromedary.routing.HostBreakers;
import dev.dromedary.routing.OpenRuns;
import dev.dromedary.routing.OriginCatalog;
import dev.dromedary.routing.PartSteps;
import dev.dromedary.routing.PollRequests;
import dev.dromedary.routing.PollSteps;
import dev.dromedary.routing.PollTracker;
import dev.dromedary.routing.ProvenanceSteps;
import dev.dromedary.routing.PruneSteps;
import dev.dromedary.routing.RateLimits;
import dev.dromedary.routing.RestSteps;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.routing.StopSignal;
import dev.dromedary.routing.TransferControl;
import dev.dromedary.routing.TransferEvents;
import dev.dromedary.routing.TransferGate;
import dev.dromedary.routing.TransferLimits;
import dev.dromedary.routing.TransferQueues;
import dev.dromedary.routing.TransferRuns;
import dev.dromedary.routing.TransferServices;
import dev.dromedary.routing.TransferSteps;
import dev.dromedary.routing.WaitingRoom;
import dev.dromedary.source.HeaderRules;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.spi.CamelContextCustomizer;

/** Makes the beans that the routes name and binds them; the one place where all parts meet. */
final class CamelWiring {

  /** The placeholder for how often the poll is repeated, which no user sets. */
  static final String REPEAT = "dromedary.poll.repeat";

  /** The placeholder for how often waits are looked at, in milliseconds, which no user sets. */
  static final String WAKE = "dromedary.retry.wake-interval";

  /** The property with how many transfers there are threads for. */
  static final String WORKERS = "dromedary.transfer.workers";

  private static final int SPARE_WORKERS = 32;
  private static final int WAKE_MILLIS = 250;

  private final Settings settings;
  private final Path home;
  private final Clock clock;
  private final OpenRequests requests;
  private final OriginClient client;
  private final ExecutorService partThreads;
  private final TransferServices services;
  private final PollTracker tracker;
  private final WorkDirectory work;
  private final StopSignal stop = new StopSignal();
  private final PollRequests pollRequests = new PollRequests();
  private final ConnectionLimits connections;
  private final TransferGate gate;
  private final TransferQueues queues;
  private final OpenRuns openRuns;
  private final TransferEvents events;
  private final EventTime eventTime;

  CamelWiring(
      Settings settings,
      Path home,
      WorkDirectory work,
      Ledger ledger,
      SourceCatalog catalog,
      OriginCatalog origins,
      ProgressBoard board,
      PollTracker tracker,
      Clock clock) {
    this.settings = settings;
    this.home = home;
    this.clock = clock;
    this.tracker = tracker;
    this.work = work;
    OriginSettings origin = originSettings(settings.http());
    this.requests =
        new OpenRequests(
            host -> OriginTimeLimits.silence(origins.origins().times(host), origin),
            System::nanoTime);
    this.client =
        new OriginClient(
            origin,
            requests,
            settings.http().guard(),
            new HostAccess(
                OriginProxies.of(origins, settings.http(), System::getenv),
                host -> origins.origins().tls(host)));
    this.partThreads = new PartThreads();
    HostMemory memory = new HostMemory(System::nanoTime);
    this.connections = new ConnectionLimits(origins, origin.connectionsPerHost());
    this.services =
        new TransferServices(
            ledger,
            catalog,
            origins,
            new WaitingRoom(clock, System::nanoTime),
            board,
            memory,
            new OriginSlots(connections, memory, System::nanoTime),
            new DiskBudget(
                () -> new DiskStorage().usableBytes(work.staging()),
                settings.disk().keepFreeBytes()),
            new HostBreakers(
                settings.breaker().sources(),
                settings.breaker().rest(),
                settings.retry().backoffMax(),
                clock,
                System::nanoTime),
            requests,
            stop,
            new RateLimits(settings.limit().bytesPerSecond(), System::nanoTime),
            limits(settings, work),
            retries(settings.retry()),
            clock,
            System::nanoTime,
            new SecureRandom());
    this.gate = new TransferGate(settings.transfer().concurrency());
    this.queues = new TransferQueues(services, gate);
    board.listen(queues);
    this.openRuns = new OpenRuns(requests);
    this.events = new TransferEvents(services);
    this.eventTime = new EventTime(settings.delivery().eventLimit(), stop, System::nanoTime);
  }

  /** Opens the management of what {@code main} runs; {@code end} ends it. */
  Management manage(Main main, Runnable end) {
    return Management.open(
        services,
        new Management.Levers(
            services.rates(),
            connections,
            gate,
            queues,
            openRuns,
            pollRequests,
            new TransferControl(services, openRuns, events),
            new PollTick(main, pollRequests),
            end,
            this::lost,
            tracker::trouble),
        new ServiceFacts(
            Version.current(),
            clock.instant(),
            settings.places().work(),
            settings.places().landing(),
            work.ledger(),
            services.catalog().file().orElse(null),
            workers(false),
            settings.part().connections()));
  }

  private Map<String, String> lost() {
    Map<String, String> lost = new TreeMap<>();
    work.whyLost().ifPresent(why -> lost.put(work.lock().toString(), why));
    services.ledger().whyLost().ifPresent(why -> lost.put(work.ledger().toString(), why));
    return lost;
  }

  StopSignal stop() {
    return stop;
  }

  OpenRequests requests() {
    return requests;
  }

  /** Returns the type of every bean that routes can name. */
  static Map<String, Class<?>> beanTypes() {
    return Map.ofEntries(
        Map.entry("pollSteps", PollSteps.class),
        Map.entry("transferSteps", TransferSteps.class),
        Map.entry("partSteps", PartSteps.class),
        Map.entry("digestSteps", DigestSteps.class),
        Map.entry("deliverySteps", DeliverySteps.class),
        Map.entry("failureSteps", FailureSteps.class),
        Map.entry("eventSteps", EventSteps.class),
        Map.entry("eventTime", EventTime.class),
        Map.entry("restSteps", RestSteps.class),
        Map.entry("provenanceSteps", ProvenanceSteps.class),
        Map.entry("pruneSteps", PruneSteps.class),
        Map.entry("retryPolicy", RedeliveryPolicy.class),
        Map.entry("originHeaders", OriginHeaders.class),
        Map.entry("originClient", OriginClient.class),
        Map.entry("partThreads", ExecutorService.class));
  }

  /** Binds every bean and property the routes name. */
  Main main(RunMode mode) {
    Main main = new Main();
    main.bind("http", new LazyTlsComponent());
    main.bind("seda", new QueueComponent(queues));
    main.bind("stepFailures", new StepFailures());
    main.bind("landedBody", (CamelContextCustomizer) LandedBody::asTextIsItsPath);
    main.bind("endingStops", (CamelContextCustomizer) EndingStops::in);
    main.bind("ownRoutes", (CamelContextCustomizer) CamelWiring::leaveFailuresToTheCaller);
    RouteTimers timers = new RouteTimers(main);
    requests.everySecond(
        "follow the clock", new ClockWatch(clock, System::nanoTime, timers::setBack));
    TransferRuns runs = new TransferRuns(services, this::openPartFile, openRuns, events);
    DeliverySteps delivery = new DeliverySteps(services, new Delivery(), events);
    boolean once = mode == RunMode.ONE_POLL;
    bind(
        main,
        "pollSteps",
        new PollSteps(
            services,
            tracker,
            pollRequests,
            queues,
            once ? null : settings.poll().interval(),
            new PollTick(main, pollRequests)));
    bind(
        main,
        "transferSteps",
        new TransferSteps(services, runs, events, delivery, tracker, gate, worker()));
    bind(main, "partSteps", new PartSteps(services, events, new HeaderRules(System::getenv)));
    bind(main, "digestSteps", new DigestSteps(services, new HeaderRules(System::getenv)));
    bind(main, "deliverySteps", delivery);
    bind(main, "failureSteps", new FailureSteps(services, events));
    bind(main, "eventSteps", new EventSteps());
    bind(main, "eventTime", eventTime);
    bind(
        main,
        "pruneSteps",
        new PruneSteps(
            services,
            new PruneSteps.Keeping(
                settings.keep().records(),
                settings.keep().failures(),
                settings.keep().failuresBytes(),
                settings.keep().sources())));
    bind(main, "provenanceSteps", new ProvenanceSteps(services));
    bind(main, "restSteps", new RestSteps(services, runs, events));
    bind(main, "retryPolicy", quietRedelivery());
    bind(main, "originHeaders", new OriginHeaders());
    bind(main, "originClient", client);
    bind(main, "partThreads", partThreads);
    main.setPropertyPlaceholderLocations("");
    main.setOverrideProperties(properties(once));
    return main;
  }

  /** Frees what no route owns; after Camel has stopped. */
  void close() {
    services.board().unlisten(queues);
    requests.close();
    partThreads.shutdownNow();
    eventTime.close();
  }

  private static void bind(Main main, String name, Object bean) {
    Class<?> type = beanTypes().get(name);
    if (type == null || !type.isInstance(bean)) {
      throw new IllegalStateException("bean " + name + ": expected its type among beanTypes");
    }
    main.bind(name, bean);
  }

  private Properties properties(boolean once) {
    Properties properties = new Properties();
    properties.put("camel.main.name", "dromedary");
    // waited for twice where an endpoint hangs: by the routes, then by the consumer of the queue
    properties.put("camel.main.shutdownTimeout", "4");
    // a command is over before anybody could look, and the start of it would cost more than a file
    properties.put("camel.main.jmxEnabled", Boolean.toString(!once));
    properties.put("camel.component.quartz.enableJmx", Boolean.toString(!once));
    properties.put("camel.component.quartz.interruptJobsOnShutdown", "true");
    // a seda consumer sleeps this long while Camel starts, and as long before it notices a stop
    properties.put("camel.component.seda.defaultPollTimeout", once ? "20" : "100");
    // it would send whoever writes a route by hand to a tool that is not there
    properties.put("camel.main.yamlDslCompactNotationWarn", "false");
    properties.putAll(settings.passThrough());
    properties.putAll(settings.asProperties());
    Settings.Delivery told = settings.delivery();
    properties.put(
        SettingKey.LANDED_URI.key(), EventEndpoint.bounded(told.landedUri(), told.eventLimit()));
    properties.put(
        SettingKey.FAILED_URI.key(), EventEndpoint.bounded(told.failedUri(), told.eventLimit()));
    properties.put("camel.main.streamCachingEnabled", "false");
    properties.put(REPEAT, once ? "0" : "-1");
    properties.put(WORKERS, Integer.toString(workers(once)));
    properties.put(WAKE, String.valueOf(WAKE_MILLIS));
    properties.put(RouteFiles.KEY, RouteFiles.of(settings, home).pattern());
    return properties;
  }

  /** A service has threads to spare, so that more transfers can be allowed while it runs. */
  private int workers(boolean once) {
    int concurrency = settings.transfer().concurrency();
    return once ? concurrency : Math.max(concurrency, SPARE_WORKERS);
  }

  private PartFile openPartFile(String sourceId) {
    work.makeStaging();
    return PartFile.open(
        new PartPaths(services.limits().staging()),
        sourceId,
        new DiskStorage(settings.part().directWrites()),
        new PartSettings(
            settings.part().chunkSizeBytes(),
            settings.part().syncBytes(),
            settings.part().syncInterval()),
        BootId.current(),
        System::nanoTime);
  }

  private static TransferLimits limits(Settings settings, WorkDirectory work) {
    return new TransferLimits(
        work.staging(),
        settings.places().landing(),
        settings.part().connections(),
        settings.http().maxRedirects(),
        settings.http().minBytesPerSecond(),
        settings.http().minSpeedWindow(),
        settings.limit().maxSizeBytes(),
        settings.delivery().writesProvenance(),
        new TransferLimits.Room(settings.disk().longestWait(), settings.disk().checkInterval()));
  }

  private static OriginSettings originSettings(Settings.Http http) {
    return new OriginSettings(
        http.connectTimeout(),
        http.firstByteTimeout(),
        http.stallTimeout(),
        http.connectionsPerHost(),
        http.userAgent(),
        http.caFile());
  }

  private static RetryPolicy retries(Settings.Retry retry) {
    return new RetryPolicy(
        retry.tries(),
        retry.backoff(),
        retry.backoffMax(),
        retry.maxRetryAfter(),
        retry.wrongDigest());
  }

  /** A route that says nothing of errors has no other word for them than whoever called it. */
  private static void leaveFailuresToTheCaller(CamelContext context) {
    context
        .getCamelContextExtension()
        .setErrorHandlerFactory(new DefaultErrorHandlerDefinition().logExhausted(false));
  }

  /** When and whether is decided by FailureSteps; this only keeps Camel from logging it again. */
  private static RedeliveryPolicy quietRedelivery() {
    RedeliveryPolicy policy = new RedeliveryPolicy();
    policy.setLogExhausted(false);
    policy.setLogRetryAttempted(false);
    policy.setLogStackTrace(false);
    policy.setAllowRedeliveryWhileStopping(false);
    return policy;
  }

  private static String worker() {
    return "pid-" + ProcessHandle.current().pid();
  }
}
