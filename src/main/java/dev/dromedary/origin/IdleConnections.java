package dev.dromedary.origin;

import java.time.Duration;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.util.TimeValue;

/**
 * Closes the connections of a pool that nobody has used for long or whose server said that it
 * closes them, and forgets their hosts; those in use stay. By itself the pool closes such a
 * connection only when the same host is asked again, which one of many may never be.
 *
 * @param longest how long a connection may be idle
 */
record IdleConnections(PoolingHttpClientConnectionManager pool, TimeValue longest)
    implements Runnable {

  /**
   * The parts and attempts of a transfer follow each other sooner, polls come later; common servers
   * close after 5 to 120 seconds.
   */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  IdleConnections(PoolingHttpClientConnectionManager pool) {
    this(pool, TimeValue.of(LONGEST));
  }

  @Override
  public void run() {
    pool.closeExpired();
    pool.closeIdle(longest);
  }
}
