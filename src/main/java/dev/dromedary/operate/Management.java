package dev.dromedary.operate;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.DescribedMBean;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.NotificationType;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.routing.ConnectionLimits;
import dev.dromedary.routing.OpenRuns;
import dev.dromedary.routing.PollRequests;
import dev.dromedary.routing.RateLimits;
import dev.dromedary.routing.TransferControl;
import dev.dromedary.routing.TransferGate;
import dev.dromedary.routing.TransferQueues;
import dev.dromedary.routing.TransferServices;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.NotificationEmitter;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management surface of one service, there from {@link #open} until {@link #close}: its MXBeans
 * on the platform's MBean server, and a thread that watches and notifies.
 */
public final class Management implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Management.class);
  private static final long LOOK_MILLIS = 250;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ScheduledExecutorService watch = watch();
  private final Deque<ObjectName> registered = new ArrayDeque<>();
  private final TransferServices services;
  private final EndedTransfers ended = new EndedTransfers();
  private final Notices transferNotices;

  private Management(TransferServices services) {
    this.services = services;
    this.transferNotices =
        new Notices(
            name(TransfersMXBean.NAME),
            services.clock(),
            watch,
            NotificationType.LANDED,
            NotificationType.ATTEMPT_FAILED,
            NotificationType.DEAD_LETTER,
            NotificationType.CANCELLED);
  }

  /**
   * What it reaches into beside the services of the flow.
   *
   * @param rates the rates that can be changed
   * @param connections the numbers of connections that can be changed
   * @param gate how many transfers run
   * @param queues what waits for its turn at a host
   * @param runs the transfers that run
   * @param requests what the next poll takes whatever its schedule says
   * @param control ends and repeats transfers
   * @param tick lets the next poll begin now
   * @param end ends the service
   * @param lost looks what is lost of the work directory, by path, and makes good what it can
   */
  public record Levers(
      RateLimits rates,
      ConnectionLimits connections,
      TransferGate gate,
      TransferQueues queues,
      OpenRuns runs,
      PollRequests requests,
      TransferControl control,
      Runnable tick,
      Runnable end,
      Supplier<Map<String, String>> lost,
      Supplier<String> pollFailure) {}

  /** Registers the beans; where another service of this process has them already, they stay. */
  public static Management open(TransferServices services, Levers levers, ServiceFacts facts) {
    Management management = new Management(services);
    management.register(levers, facts);
    return management;
  }

  private void register(Levers levers, ServiceFacts facts) {
    Ledger ledger = services.ledger();
    Sources sources =
        new Sources(
            services.catalog(),
            ledger.forOperators(),
            new Standings(ledger.forOperators(), services.nanoClock()),
            levers.requests(),
            services.stop(),
            levers.tick(),
            services.clock());
    Notices serviceNotices =
        new Notices(
            name(ServiceMXBean.NAME),
            services.clock(),
            watch,
            NotificationType.BREAKER_OPEN,
            NotificationType.DISK_LOW);
    Service service =
        new Service(
            facts,
            new Service.Parts(
                services.board(),
                services.disk(),
                services.breakers(),
                ledger.forOperators(),
                ended,
                levers.gate(),
                services.stop(),
                sources,
                new RefusedFiles(services.catalog(), services.origins()),
                levers.tick(),
                levers.end(),
                levers.lost(),
                levers.pollFailure()),
            serviceNotices,
            services.clock(),
            services.nanoClock());
    Transfers transfers =
        new Transfers(
            services.board(),
            levers.runs(),
            ended,
            ledger,
            services.catalog(),
            levers.control(),
            levers.tick());
    Failures failures =
        new Failures(ledger, services.catalog(), levers.control(), ended, levers.tick());
    Limits limits = new Limits(services, levers, facts);
    services.board().listen(ended);
    services.board().listen(transferNotices);
    try {
      add(SourcesMXBean.NAME, sources, SourcesMXBean.class, silent());
      add(TransfersMXBean.NAME, transfers, TransfersMXBean.class, transferNotices.emitter());
      add(LimitsMXBean.NAME, limits, LimitsMXBean.class, silent());
      add(FailuresMXBean.NAME, failures, FailuresMXBean.class, silent());
      add(ServiceMXBean.NAME, service, ServiceMXBean.class, serviceNotices.emitter());
    } catch (JMException e) {
      LOG.warn("msg=\"no management over JMX\" reason=\"{}\"", e.toString());
    }
    watch.scheduleWithFixedDelay(
        () -> look(service), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void look(Service service) {
    try {
      service.look();
    } catch (RuntimeException e) {
      LOG.debug("msg=\"looks again\"", e);
    }
  }

  private <T> void add(String name, T bean, Class<T> face, NotificationEmitter emitter)
      throws JMException {
    try {
      server.registerMBean(DescribedMBean.of(bean, face, emitter), name(name));
      registered.push(name(name));
    } catch (InstanceAlreadyExistsException other) {
      LOG.warn("msg=\"another service of this process is managed as this\" name={}", name);
    }
  }

  /** Takes the beans away again. Idempotent. */
  @Override
  public void close() {
    services.board().unlisten(transferNotices);
    services.board().unlisten(ended);
    watch.shutdownNow();
    while (!registered.isEmpty()) {
      try {
        server.unregisterMBean(registered.pop());
      } catch (InstanceNotFoundException gone) {
        LOG.debug("msg=\"was gone already\"", gone);
      } catch (JMException e) {
        LOG.warn("msg=\"not unregistered\"", e);
      }
    }
  }

  private static NotificationEmitter silent() {
    return new NotificationBroadcasterSupport();
  }

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (JMException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private static ScheduledExecutorService watch() {
    return new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, "management");
          thread.setDaemon(true);
          return thread;
        });
  }
}
