package dev.dromedary.console;

import dev.dromedary.observe.NotificationType;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every meter of the process. Thread-safe. */
final class Meters implements TransferListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Meters.class);

  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final ObjectName SERVICE = Beans.name(ServiceMXBean.NAME);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final TransferMeters transfers = new TransferMeters(registry);
  private final RouteMeters routes;
  private final MBeanServer server;
  private final Map<String, Counter> notified;
  private final NotificationListener listener = this::onNotification;
  private boolean isListening;

  Meters(MBeanServer server) {
    this.server = server;
    Beans beans = new Beans(server);
    routes = new RouteMeters(registry, beans);
    ServiceMeters.bind(registry, beans);
    List.of(
            new ClassLoaderMetrics(),
            collector,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new FileDescriptorMetrics(),
            new ProcessorMetrics())
        .forEach(binder -> binder.bindTo(registry));
    notified =
        Stream.of(NotificationType.BREAKER_OPEN, NotificationType.DISK_LOW)
            .collect(Collectors.toUnmodifiableMap(NotificationType::type, this::counter));
    listen();
  }

  @Override
  public void onEvent(TransferEvent event) {
    transfers.onEvent(event);
  }

  /** Returns all of them in Prometheus' text format, version 0.0.4. */
  String scrape() {
    listen();
    routes.refresh();
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    try {
      server.removeNotificationListener(SERVICE, listener);
    } catch (JMException e) {
      LOG.debug("msg=\"the service was gone before its listener\"", e);
    }
    collector.close();
    registry.close();
  }

  /** Listens to the service, which may come up after the console. */
  private synchronized void listen() {
    if (!isListening && server.isRegistered(SERVICE)) {
      try {
        server.addNotificationListener(SERVICE, listener, null, null);
        isListening = true;
      } catch (JMException e) {
        LOG.debug("msg=\"no notifications of the service\"", e);
      }
    }
  }

  private Counter counter(NotificationType type) {
    String name = type == NotificationType.BREAKER_OPEN ? "breaker.opened" : "disk.low";
    return Counter.builder("dromedary." + name).description(type.meaning()).register(registry);
  }

  private void onNotification(Notification notification, Object handback) {
    Counter counter = notified.get(notification.getType());
    if (counter != null) {
      counter.increment();
    }
  }
}
