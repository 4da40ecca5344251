package dev.dromedary.console;

import dev.dromedary.observe.HostConnections;
import dev.dromedary.observe.LimitsMXBean;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Limits that are kept and hold nothing back. */
final class FakeLimits implements LimitsMXBean {

  static final List<HostConnections> BUSY =
      List.of(new HostConnections("busy.example:443", 4, 3, 2));

  volatile List<HostConnections> hosts = BUSY;
  private final Map<String, Long> origins = new ConcurrentHashMap<>();
  private final Map<String, Integer> connections = new ConcurrentHashMap<>();
  private volatile long bytesPerSecond;
  private volatile int perHost = 16;
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
  public Map<String, Long> getSourceBytesPerSecond() {
    return Map.of("nightly-dump", 1L << 20);
  }

  @Override
  public List<String> getByHand() {
    return origins.keySet().stream().map(host -> "rate of " + host).toList();
  }

  @Override
  public List<String> getUnnamedHosts() {
    return List.of();
  }

  @Override
  public int getConnectionsPerHost() {
    return perHost;
  }

  @Override
  public void setConnectionsPerHost(int many) {
    perHost = many;
  }

  @Override
  public Map<String, Integer> getOriginConnections() {
    return connections;
  }

  @Override
  public void limitOriginConnections(String host, int many) {
    if (many == CONFIGURED) {
      connections.remove(host);
    } else {
      connections.put(host, many);
    }
  }

  @Override
  public List<HostConnections> getHosts() {
    return hosts;
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
    concurrency = transfers == CONFIGURED ? 4 : transfers;
  }

  @Override
  public int getMaxConcurrency() {
    return 8;
  }

  @Override
  public void limitOrigin(String host, long rate) {
    if (rate == CONFIGURED) {
      origins.remove(host);
    } else {
      origins.put(host, rate);
    }
  }

  @Override
  public void limitSource(String id, long rate) {
    throw new IllegalArgumentException("rates of sources are not served");
  }
}
