package dev.dromedary.console;

import dev.dromedary.observe.LimitsMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Limits that are kept and hold nothing back. */
final class FakeLimits implements LimitsMXBean {

  private final Map<String, Long> origins = new ConcurrentHashMap<>();
  private volatile long bytesPerSecond;
  private volatile int concurrency = 4;

  @Override
  public long getBytesPerSecond() {
    return bytesPerSecond;
  }

  @Override
  public void setBytesPerSecond(long bytesPerSecond) {
    if (bytesPerSecond < 0) {
      throw new IllegalArgumentException("rate " + bytesPerSecond + ": expected 0 or more");
    }
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public Map<String, Long> getOriginBytesPerSecond() {
    return origins;
  }

  @Override
  public int getConnectionsPerHost() {
    return 16;
  }

  @Override
  public int getConnectionsPerTransfer() {
    return 4;
  }

  @Override
  public int getConcurrency() {
    return concurrency;
  }

  @Override
  public void setConcurrency(int transfers) {
    concurrency = transfers;
  }

  @Override
  public int getMaxConcurrency() {
    return 8;
  }

  @Override
  public void limitOrigin(String host, long rate) {
    origins.put(host, rate);
  }

  @Override
  public void limitSource(String id, long rate) {
    throw new IllegalArgumentException("rates of sources are not served");
  }
}
