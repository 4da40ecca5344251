package dev.dromedary.console;

import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransfersMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import javax.management.ObjectName;

/** What the beans of the service tell, as meters that are read when somebody looks. */
final class ServiceMeters {

  private static final ObjectName SERVICE = Beans.name(ServiceMXBean.NAME);
  private static final ObjectName SOURCES = Beans.name(SourcesMXBean.NAME);
  private static final ObjectName TRANSFERS = Beans.name(TransfersMXBean.NAME);
  private static final ObjectName FAILURES = Beans.name(FailuresMXBean.NAME);
  private static final ObjectName LIMITS = Beans.name(LimitsMXBean.NAME);

  private final MeterRegistry registry;
  private final Beans beans;

  private ServiceMeters(MeterRegistry registry, Beans beans) {
    this.registry = registry;
    this.beans = beans;
  }

  /** Registers them. */
  static void bind(MeterRegistry registry, Beans beans) {
    ServiceMeters meters = new ServiceMeters(registry, beans);
    meters.received();
    meters.gauge("in.flight", SERVICE, "InFlight", "Transfers that run.");
    meters.gauge("queue.depth", SERVICE, "QueueDepth", "Transfers that wait for their turn.");
    meters.gauge("rate.bytes.per.second", SERVICE, "BytesPerSecond", "All transfers together.");
    meters.gauge("disk.free.bytes", SERVICE, "DiskFreeBytes", "Free on the work directory's disk.");
    meters.gauge(
        "disk.reserved.bytes", SERVICE, "DiskReservedBytes", "What running transfers still need.");
    meters.gauge("ledger.bytes", SERVICE, "LedgerBytes", "The ledger on the disk.");
    meters.gauge("uptime.seconds", SERVICE, "UptimeSeconds", "How long the service runs.");
    meters.gauge("sources", SOURCES, "Count", "Sources in the list.");
    meters.gauge("sources.paused", SOURCES, "PausedCount", "Sources that are paused.");
    meters.gauge("sources.failing", SOURCES, "FailingCount", "Sources whose last transfer failed.");
    meters.gauge("dead.letters", FAILURES, "Count", "Transfers given up that wait for a decision.");
    meters.gauge(
        "limit.bytes.per.second",
        LIMITS,
        "BytesPerSecond",
        "The limit of all transfers; 0 is none.");
    meters.gauge("limit.concurrency", LIMITS, "Concurrency", "Transfers that may run at once.");
    Gauge.builder("dromedary.waiting", beans, b -> b.size(TRANSFERS, "Waiting"))
        .description("Transfers that wait for their next attempt, at most 200 are told.")
        .register(registry);
    Gauge.builder("dromedary.breaker.open", beans, b -> b.size(SERVICE, "RestingHosts"))
        .description("Hosts that are left alone for a while because they fail.")
        .register(registry);
    Gauge.builder("dromedary.refused.files", beans, b -> b.size(SERVICE, "RefusedFiles"))
        .description("Files whose last edit cannot be used; what they said before holds.")
        .register(registry);
    Gauge.builder("dromedary.draining", beans, ServiceMeters::draining)
        .description("1 while the service takes nothing new.")
        .register(registry);
  }

  private static double draining(Beans beans) {
    return beans.attribute(SERVICE, "Draining").filter(Boolean.TRUE::equals).isPresent() ? 1 : 0;
  }

  private void received() {
    FunctionCounter.builder(
            "dromedary.received.bytes", beans, b -> b.number(SERVICE, "NetworkBytes"))
        .description("Bytes of bodies that came over the network.")
        .register(registry);
  }

  private void gauge(String name, ObjectName bean, String attribute, String description) {
    Gauge.builder("dromedary." + name, beans, b -> b.number(bean, attribute))
        .description(description)
        .register(registry);
  }
}
