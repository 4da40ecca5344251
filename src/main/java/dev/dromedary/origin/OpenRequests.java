package dev.dromedary.origin;

import dev.dromedary.transfer.FailureCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request under way, watched so that none outlives its limits (promise I7): silence before
 * the response head ends it as {@link FailureCode#FIRST_BYTE_TIMEOUT}, silence within the body as
 * {@link FailureCode#STALLED}. Socket timeouts cannot tell the two phases apart.
 *
 * <p>Thread-safe.
 */
public final class OpenRequests implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OpenRequests.class);

  private static final long SCAN_MILLIS = 100;

  private static final int SCANS_A_SECOND = 10;

  private final Function<String, SilenceLimits> limits;
  private final LongSupplier nanoClock;
  private final Set<OpenRequest> open = ConcurrentHashMap.newKeySet();
  private final List<Chore> chores = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService watch;
  private int scans;
  private volatile boolean stopping;
  private volatile Predicate<String> unwanted = transferId -> false;

  /** Starts watching with the same limits for every host. */
  public OpenRequests(OriginSettings settings, LongSupplier nanoClock) {
    this(host -> settings.silence(), nanoClock);
  }

  /**
   * Starts watching.
   *
   * @param limits of a host, named as {@code host:port} in lower case; asked for each request
   * @param nanoClock counts like {@link System#nanoTime()}
   */
  public OpenRequests(Function<String, SilenceLimits> limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.watch = Executors.newSingleThreadScheduledExecutor(OpenRequests::daemon);
    watch.scheduleWithFixedDelay(this::scan, SCAN_MILLIS, SCAN_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Has the requests of some transfers, named by their ids, cancelled as soon as they are made. */
  public void refuse(Predicate<String> transfers) {
    unwanted = transfers;
  }

  /** Registers a request that is about to be sent; one that nobody wants is cancelled at once. */
  OpenRequest opened(String transferId, String url, SilenceLimits silence, Runnable cancel) {
    OpenRequest request = new OpenRequest(transferId, url, silence, cancel, nanoClock.getAsLong());
    open.add(request);
    if (stopping || unwanted.test(transferId)) {
      request.cancel(FailureCode.STOPPING);
    }
    return request;
  }

  /** Forgets a request whose body is closed. */
  void closed(OpenRequest request) {
    open.remove(request);
  }

  /**
   * Lets the watch do something short about once a second from now on.
   *
   * @param name what it is called where it fails
   */
  public void everySecond(String name, Runnable work) {
    chores.add(new Chore(name, work));
  }

  SilenceLimits limits(String host) {
    return limits.apply(host);
  }

  long nanos() {
    return nanoClock.getAsLong();
  }

  /** Ends the requests of one transfer, whatever they wait for. */
  public void cancel(String transferId, FailureCode why) {
    open.stream()
        .filter(request -> request.transferId().equals(transferId))
        .forEach(request -> quietly(request, () -> request.cancel(why)));
  }

  /** Ends every request, and every later one as soon as it is made. Idempotent. */
  public void stop() {
    stopping = true;
    open.forEach(request -> quietly(request, () -> request.cancel(FailureCode.STOPPING)));
  }

  @Override
  public void close() {
    stop();
    watch.shutdownNow();
  }

  private void scan() {
    long now = nanoClock.getAsLong();
    open.forEach(request -> quietly(request, () -> request.cancelIfOverdue(now)));
    if (++scans % SCANS_A_SECOND == 0) {
      chores.forEach(OpenRequests::quietly);
    }
  }

  /** What one chore throws spares no other. */
  private static void quietly(Chore chore) {
    try {
      chore.work().run();
    } catch (RuntimeException | Error e) {
      LOG.warn("msg=\"chore failed, is done again in a second\" chore=\"{}\"", chore.name(), e);
    }
  }

  /** What one connection throws while it is closed spares no other. */
  private static void quietly(OpenRequest request, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("transfer={} msg=\"connection not closed cleanly\"", request.transferId(), e);
    }
  }

  private record Chore(String name, Runnable work) {}

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "origin-watch");
    thread.setDaemon(true);
    return thread;
  }
}
