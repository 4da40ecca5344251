package dev.dromedary.console;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;

/**
 * The meters for Prometheus. Thread-safe.
 *
 * <p>They are made when the first is needed, so that no start waits for them: at the first scrape,
 * or when more has ended than is worth keeping.
 */
final class MetricsEndpoint implements Endpoint, TransferListener, AutoCloseable {

  static final String PATH = "/metrics";

  private static final int MOST_KEPT = 1000;

  private final MBeanServer server;
  private final List<TransferEvent> kept = new ArrayList<>();
  private @Nullable Meters meters;

  MetricsEndpoint(MBeanServer server) {
    this.server = server;
  }

  @Override
  public synchronized void onEvent(TransferEvent event) {
    if (meters != null) {
      meters.onEvent(event);
    } else if (event.state().isTerminal() || event.code() != null) {
      kept.add(event);
      if (kept.size() >= MOST_KEPT) {
        meters();
      }
    }
  }

  @Override
  public Reply answer(Request request) {
    return Reply.of(200, Meters.CONTENT_TYPE, meters().scrape());
  }

  private synchronized Meters meters() {
    Meters made = meters;
    if (made == null) {
      made = new Meters(server);
      kept.forEach(made::onEvent);
      kept.clear();
      meters = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (meters != null) {
      meters.close();
    }
  }
}
