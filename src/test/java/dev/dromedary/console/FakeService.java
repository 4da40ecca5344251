package dev.dromedary.console;

import dev.dromedary.observe.Change;
import dev.dromedary.observe.ServiceMXBean;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A service that does as it is told and does nothing. */
final class FakeService implements ServiceMXBean {

  final List<String> commands = new CopyOnWriteArrayList<>();
  final AtomicLong received = new AtomicLong();
  volatile Map<String, String> refused = Map.of();
  volatile Map<String, String> lost = Map.of();
  volatile String pollFailure = "";
  volatile boolean isDraining;
  volatile long freeBytes = 500L << 30;
  private volatile String logLevel = "INFO";

  @Override
  public String getVersion() {
    return "1.2.3";
  }

  @Override
  public String getStartedAt() {
    return "2026-11-22T18:00:00Z";
  }

  @Override
  public long getUptimeSeconds() {
    return 7384;
  }

  @Override
  public long getPid() {
    return 4711;
  }

  @Override
  public String getWorkDirectory() {
    return "/srv/work";
  }

  @Override
  public String getLandingZone() {
    return "/srv/landing";
  }

  @Override
  public int getQueueDepth() {
    return 12;
  }

  @Override
  public int getInFlight() {
    return 3;
  }

  @Override
  public long getDiskFreeBytes() {
    return freeBytes;
  }

  @Override
  public long getDiskReservedBytes() {
    return 3L << 30;
  }

  @Override
  public long getLedgerBytes() {
    return 9 << 20;
  }

  @Override
  public long getBytesPerSecond() {
    return 40L << 20;
  }

  @Override
  public long getNetworkBytes() {
    return received.get();
  }

  @Override
  public long getLandedCount() {
    return 1204;
  }

  @Override
  public long getUnchangedCount() {
    return 88;
  }

  @Override
  public long getFailedCount() {
    return 3;
  }

  @Override
  public long getCancelledCount() {
    return 1;
  }

  @Override
  public boolean isDraining() {
    return isDraining;
  }

  @Override
  public String getLogLevel() {
    return logLevel;
  }

  @Override
  public void setLogLevel(String level) {
    logLevel = level;
  }

  @Override
  public Map<String, String> getRestingHosts() {
    return Map.of("slow.example", "2026-11-22T23:00:00Z");
  }

  @Override
  public Map<String, String> getLostFiles() {
    return lost;
  }

  @Override
  public String getPollFailure() {
    return pollFailure;
  }

  @Override
  public Map<String, String> getRefusedFiles() {
    return refused;
  }

  @Override
  public String getSourceList() {
    return "/srv/sources.yaml";
  }

  @Override
  public Change pollNow() {
    commands.add("pollNow");
    return new Change(5, 5, List.of());
  }

  @Override
  public void drain(boolean thenStop) {
    commands.add("drain " + thenStop);
    isDraining = true;
  }

  @Override
  public void undrain() {
    commands.add("undrain");
    isDraining = false;
  }
}
