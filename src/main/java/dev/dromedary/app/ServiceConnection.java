package dev.dromedary.app;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A connection to the service that has a work directory: of this machine and of this user, which
 * the operating system sees to. The virtual machine then answers on a port of its own, which no
 * option binds to loopback and which turns other machines away.
 *
 * <p>Thread-safe. A bean that is asked after the service has gone throws {@code
 * UndeclaredThrowableException} with an {@link IOException}.
 */
public final class ServiceConnection implements AutoCloseable {

  /** A service reads its list and its ledger before it can be operated. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private static final long LOOK_MILLIS = 100;

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private ServiceConnection(JMXConnector connector, MBeanServerConnection beans) {
    this.connector = connector;
    this.beans = beans;
  }

  /**
   * Returns the work directory that a service with this configuration has.
   *
   * @throws dev.dromedary.transfer.ProblemsException when the settings cannot be used
   */
  public static Path workOf(RunRequest request) {
    return ConfigurationReader.settings(request).places().work();
  }

  /**
   * Connects to the service that has a work directory; waits for one that starts, or stops.
   *
   * @throws DromedaryException {@link FailureCode#NO_SERVICE} when none has it, or one that cannot
   *     be operated
   */
  public static ServiceConnection open(Path work) {
    long begun = System.nanoTime();
    while (true) {
      WorkDirectory.Owner owner =
          WorkDirectory.owner(work).orElseThrow(() -> NoService.absent(work));
      Optional<ServiceConnection> connection = tryOpen(work, owner.process());
      if (connection.isPresent()) {
        return connection.get();
      }
      long pid = owner.process().pid();
      if (!owner.isService()) {
        throw NoService.command(work, pid);
      }
      if (System.nanoTime() - begun >= READY_WITHIN.toNanos()) {
        throw NoService.unready(work, pid, READY_WITHIN);
      }
      owner.process().onExit().completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS).join();
    }
  }

  /**
   * Returns a connection; empty where the process has no service to be operated yet, or any more.
   */
  private static Optional<ServiceConnection> tryOpen(Path work, ProcessHandle owner) {
    try {
      ServiceConnection connection = connect(owner.pid());
      if (connection.beans.isRegistered(name(ServiceMXBean.NAME))) {
        return Optional.of(connection);
      }
      connection.close();
      return Optional.empty();
    } catch (AttachNotSupportedException | IOException | NoClassDefFoundError e) {
      throw owner.isAlive() ? NoService.unreachable(work, owner, e) : NoService.absent(work);
    }
  }

  /** The address comes from the process itself, of the same user: nobody else can put one there. */
  @SuppressWarnings("BanJNDI")
  private static ServiceConnection connect(long pid)
      throws AttachNotSupportedException, IOException {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
    try {
      JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
      JMXConnector connector = JMXConnectorFactory.connect(address);
      return new ServiceConnection(connector, connector.getMBeanServerConnection());
    } finally {
      machine.detach();
    }
  }

  /** Returns the service as a whole. */
  public ServiceMXBean service() {
    return bean(ServiceMXBean.NAME, ServiceMXBean.class);
  }

  /** Returns its sources. */
  public SourcesMXBean sources() {
    return bean(SourcesMXBean.NAME, SourcesMXBean.class);
  }

  /** Returns its transfers. */
  public TransfersMXBean transfers() {
    return bean(TransfersMXBean.NAME, TransfersMXBean.class);
  }

  /** Returns its dead letters. */
  public FailuresMXBean failures() {
    return bean(FailuresMXBean.NAME, FailuresMXBean.class);
  }

  /** Returns its limits. */
  public LimitsMXBean limits() {
    return bean(LimitsMXBean.NAME, LimitsMXBean.class);
  }

  private <T> T bean(String name, Class<T> type) {
    return JMX.newMXBeanProxy(beans, name(name), type);
  }

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(text, e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException gone) {
      return;
    }
  }
}
