package dev.dromedary.console;

import dev.dromedary.observe.DescribedMBean;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransfersMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/** The five beans of the service, written by hand and registered for the length of a test. */
final class FakeBeans implements AutoCloseable {

  /** What a source would be called by somebody who means harm. */
  static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

  final FakeService service = new FakeService();
  final FakeSources sources;
  final FakeTransfers transfers = new FakeTransfers(List.of("disk.img", "nightly-dump", HOSTILE));
  final FakeTransfers.Failures failures =
      new FakeTransfers.Failures(List.of("missing.bin", "gone-" + HOSTILE, "damaged.bin"));
  final FakeLimits limits = new FakeLimits();
  final NotificationBroadcasterSupport notifier = new NotificationBroadcasterSupport();
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final List<ObjectName> names = new ArrayList<>();

  FakeBeans(int count) {
    sources = new FakeSources(List.of("alpha", HOSTILE), count);
    register(ServiceMXBean.NAME, service, ServiceMXBean.class);
    register(SourcesMXBean.NAME, sources, SourcesMXBean.class);
    register(TransfersMXBean.NAME, transfers, TransfersMXBean.class);
    register(FailuresMXBean.NAME, failures, FailuresMXBean.class);
    register(LimitsMXBean.NAME, limits, LimitsMXBean.class);
  }

  MBeanServer server() {
    return server;
  }

  @Override
  public void close() {
    for (ObjectName name : names) {
      try {
        server.unregisterMBean(name);
      } catch (JMException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private <T> void register(String name, T bean, Class<T> face) {
    try {
      names.add(
          server
              .registerMBean(DescribedMBean.of(bean, face, notifier), Beans.name(name))
              .getObjectName());
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
