package dev.dromedary.console;

import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running console: an open port that serves the page, the beans, metrics and health. What it
 * shows comes from the beans; while there are none it says that the service is starting.
 *
 * <p>Thread-safe. Opening it binds the port and reads the files of settings; everything else is
 * made when it is first asked for.
 */
public final class Console implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final ConsoleSettings settings;
  private final Listener listener;
  private final URI address;
  private final ProgressBoard board;
  private final MetricsEndpoint metrics;
  private final LazyManagement management;

  private Console(
      ConsoleSettings settings,
      Listener listener,
      URI address,
      ProgressBoard board,
      MetricsEndpoint metrics,
      LazyManagement management) {
    this.settings = settings;
    this.listener = listener;
    this.address = address;
    this.board = board;
    this.metrics = metrics;
    this.management = management;
  }

  /**
   * Opens the console.
   *
   * @param board whose events are counted
   * @param beans where the beans are or will be
   * @throws DromedaryException when the port is taken, or a file of the settings cannot be used
   */
  public static Console open(ConsoleSettings settings, ProgressBoard board, MBeanServer beans) {
    SecureRandom random = new SecureRandom();
    BasicAuthentication authentication =
        settings.passwordFile() == null
            ? null
            : new BasicAuthentication(PasswordFile.read(settings.passwordFile()), random);
    MetricsEndpoint metrics = new MetricsEndpoint(beans);
    LazyManagement management =
        new LazyManagement("dromedary-" + Long.toHexString(random.nextLong()));
    Router router =
        new Router(
            new Gate(settings.isTls(), settings.names()),
            authentication,
            Map.of(
                ManagementEndpoint.PATH, management,
                MetricsEndpoint.PATH, metrics,
                HealthEndpoint.PATH, new HealthEndpoint(new Readiness(new Beans(beans)))),
            new PageEndpoint());
    Listener listener = Listener.open(settings, router);
    board.listen(metrics);
    URI address = settings.address(listener.port());
    return new Console(settings, listener, address, board, metrics, management);
  }

  /**
   * Logs where it is, and whether others may listen in: when the start has not failed after all.
   */
  public void announce() {
    LOG.info("msg=\"console is open\" address={}", address);
    if (!settings.isTls() && !ConsoleSettings.isLoopback(settings.bind())) {
      LOG.warn(
          "msg=\"the console is open to other machines without TLS\" remedy=\"set"
              + " dromedary.console.keystore\"");
    }
  }

  /** Returns where it is, e.g. {@code http://127.0.0.1:8642/}. */
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    board.unlisten(metrics);
    listener.close();
    management.close();
    metrics.close();
  }

  /** Jolokia takes a moment to come up; most processes end without anybody having looked. */
  private static final class LazyManagement implements Endpoint, AutoCloseable {

    private final String id;
    private @Nullable ManagementEndpoint made;

    LazyManagement(String id) {
      this.id = id;
    }

    @Override
    public Reply answer(Request request) throws IOException {
      return endpoint().answer(request);
    }

    private synchronized ManagementEndpoint endpoint() {
      ManagementEndpoint endpoint = made;
      if (endpoint == null) {
        endpoint = new ManagementEndpoint(id);
        made = endpoint;
      }
      return endpoint;
    }

    @Override
    public synchronized void close() {
      if (made != null) {
        made.close();
      }
    }
  }
}
