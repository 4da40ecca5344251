package dev.dromedary.operate;

import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.routing.RateLimits;
import dev.dromedary.routing.TransferGate;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean of {@link LimitsMXBean}. Thread-safe. */
final class Limits implements LimitsMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(Limits.class);

  private final RateLimits rates;
  private final TransferGate gate;
  private final int maxConcurrency;
  private final int connectionsPerHost;
  private final int connectionsPerTransfer;

  /** Creates the bean of a service that was started with these connections. */
  Limits(RateLimits rates, TransferGate gate, int connectionsPerHost, int connectionsPerTransfer) {
    this.rates = rates;
    this.gate = gate;
    this.maxConcurrency = gate.width();
    this.connectionsPerHost = connectionsPerHost;
    this.connectionsPerTransfer = connectionsPerTransfer;
  }

  @Override
  public long getBytesPerSecond() {
    return rates.global();
  }

  @Override
  public void setBytesPerSecond(long bytesPerSecond) {
    rates.global(notNegative(bytesPerSecond));
    LOG.info("msg=\"an operator limits\" bytesPerSecond={}", bytesPerSecond);
  }

  @Override
  public Map<String, Long> getOriginBytesPerSecond() {
    return new TreeMap<>(rates.origins());
  }

  @Override
  public int getConnectionsPerHost() {
    return connectionsPerHost;
  }

  @Override
  public int getConnectionsPerTransfer() {
    return connectionsPerTransfer;
  }

  @Override
  public int getConcurrency() {
    return gate.width();
  }

  @Override
  public void setConcurrency(int transfers) {
    if (transfers < 1 || transfers > maxConcurrency) {
      throw new IllegalArgumentException(
          "concurrency "
              + transfers
              + ": expected 1 to "
              + maxConcurrency
              + "; more needs a start with a larger dromedary.transfer.concurrency");
    }
    gate.width(transfers);
    LOG.info("msg=\"an operator limits\" concurrency={}", transfers);
  }

  @Override
  public int getMaxConcurrency() {
    return maxConcurrency;
  }

  @Override
  public void limitOrigin(String host, long bytesPerSecond) {
    rates.origin(host, notNegative(bytesPerSecond));
    LOG.info("msg=\"an operator limits\" origin={} bytesPerSecond={}", host, bytesPerSecond);
  }

  @Override
  public void limitSource(String id, long bytesPerSecond) {
    rates.source(id, notNegative(bytesPerSecond));
    LOG.info("source={} msg=\"an operator limits\" bytesPerSecond={}", id, bytesPerSecond);
  }

  private static long notNegative(long bytesPerSecond) {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "bytes a second " + bytesPerSecond + ": expected 0 for no limit, or more");
    }
    return bytesPerSecond;
  }
}
