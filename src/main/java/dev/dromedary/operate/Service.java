package dev.dromedary.operate;

import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.NotificationType;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.routing.DiskBudget;
import dev.dromedary.routing.HostBreakers;
import dev.dromedary.routing.StopSignal;
import dev.dromedary.routing.TransferGate;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.UtcTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean of {@link ServiceMXBean}. What it reads from ledger and disk is a quarter of a second
 * old at most. Thread-safe.
 */
final class Service implements ServiceMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final ServiceFacts facts;
  private final ProgressBoard board;
  private final EndedTransfers ended;
  private final TransferGate gate;
  private final StopSignal signal;
  private final SourcesMXBean sources;
  private final RefusedFiles refused;
  private final Runnable tick;
  private final Runnable end;
  private final Notices notices;
  private final DiskBudget disk;
  private final HostBreakers breakers;
  private final Clock clock;
  private final Lately queued;
  private final Lately freeBytes;
  private final Lately ledgerBytes;
  private final LogLevels logs = new LogLevels();
  private volatile boolean endsWhenIdle;
  private boolean wasLow;
  private Map<String, Instant> rested = Map.of();
  private final Supplier<Map<String, String>> lost;
  private final Supplier<String> pollFailure;
  private volatile Map<String, String> lostNow = Map.of();

  /** What the bean works with; {@code tick} begins a poll now, {@code end} ends the service. */
  record Parts(
      ProgressBoard board,
      DiskBudget disk,
      HostBreakers breakers,
      OperatorLedger ledger,
      EndedTransfers ended,
      TransferGate gate,
      StopSignal signal,
      SourcesMXBean sources,
      RefusedFiles refused,
      Runnable tick,
      Runnable end,
      Supplier<Map<String, String>> lost,
      Supplier<String> pollFailure) {}

  Service(ServiceFacts facts, Parts parts, Notices notices, Clock clock, LongSupplier nanoClock) {
    this.facts = facts;
    this.board = parts.board();
    this.ended = parts.ended();
    this.gate = parts.gate();
    this.signal = parts.signal();
    this.sources = parts.sources();
    this.refused = parts.refused();
    this.tick = parts.tick();
    this.end = parts.end();
    this.lost = parts.lost();
    this.pollFailure = parts.pollFailure();
    this.notices = notices;
    this.disk = parts.disk();
    this.breakers = parts.breakers();
    this.clock = clock;
    this.queued = new Lately(parts.ledger()::queued, nanoClock);
    this.freeBytes = new Lately(parts.disk()::freeBytes, nanoClock);
    this.ledgerBytes = new Lately(this::readLedgerBytes, nanoClock);
  }

  /**
   * Looks for the end of a drain, lost files, a full disk and hosts at rest; called by one thread.
   */
  void look() {
    if (endsWhenIdle && signal.isDraining() && gate.inside() == 0) {
      endsWhenIdle = false;
      end.run();
    }
    lookAtFiles();
    lookAtDisk();
    lookAtHosts();
  }

  private void lookAtFiles() {
    Map<String, String> now = lost.get();
    now.forEach(
        (file, why) -> {
          if (!lostNow.containsKey(file)) {
            LOG.error(
                "msg=\"lost\" file={} code={} reason=\"{}\"",
                file,
                FailureCode.LEDGER.label(),
                why);
          }
        });
    if (now.isEmpty() && !lostNow.isEmpty()) {
      LOG.info("msg=\"what was lost is there again\" files={}", lostNow.keySet());
    }
    lostNow = now;
  }

  private void lookAtDisk() {
    long free = disk.freeBytes();
    long needed = disk.reservedBytes();
    boolean isLow = free < needed || board.running().stream().anyMatch(Service::waitsForRoom);
    if (isLow && !wasLow) {
      notices.send(
          NotificationType.DISK_LOW,
          "the disk of " + facts.work() + " is too small for what runs and waits",
          Map.of("free", Long.toString(free), "needed", Long.toString(needed)));
    }
    wasLow = isLow;
  }

  private static boolean waitsForRoom(ProgressSnapshot now) {
    return now.retryAt() != null && now.lastFailure() == FailureCode.DISK_FULL;
  }

  private void lookAtHosts() {
    Map<String, Instant> resting = breakers.resting();
    resting.forEach(
        (host, until) -> {
          if (!until.equals(rested.get(host))) {
            notices.send(
                NotificationType.BREAKER_OPEN,
                host + " is left alone until " + UtcTime.format(until),
                Map.of("host", host, "until", UtcTime.format(until)));
          }
        });
    rested = resting;
  }

  @Override
  public String getVersion() {
    return facts.version();
  }

  @Override
  public String getStartedAt() {
    return UtcTime.format(facts.startedAt());
  }

  @Override
  public long getUptimeSeconds() {
    return Duration.between(facts.startedAt(), clock.instant()).toSeconds();
  }

  @Override
  public long getPid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public String getWorkDirectory() {
    return facts.work().toString();
  }

  @Override
  public String getLandingZone() {
    return facts.landing().toString();
  }

  @Override
  public int getQueueDepth() {
    return (int) queued.get();
  }

  @Override
  public int getInFlight() {
    return gate.inside();
  }

  @Override
  public long getDiskFreeBytes() {
    return freeBytes.get();
  }

  @Override
  public long getDiskReservedBytes() {
    return disk.reservedBytes();
  }

  @Override
  public long getLedgerBytes() {
    return ledgerBytes.get();
  }

  private long readLedgerBytes() {
    return Stream.of("", "-wal").mapToLong(end -> size(Path.of(facts.ledger() + end))).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException absent) {
      return 0;
    }
  }

  @Override
  public Map<String, String> getRestingHosts() {
    Map<String, String> hosts = new TreeMap<>();
    breakers.resting().forEach((host, until) -> hosts.put(host, UtcTime.format(until)));
    return hosts;
  }

  @Override
  public Map<String, String> getRefusedFiles() {
    return refused.now();
  }

  @Override
  public Map<String, String> getLostFiles() {
    return lostNow;
  }

  @Override
  public String getPollFailure() {
    return pollFailure.get();
  }

  @Override
  public String getSourceList() {
    Path list = facts.sourceList();
    return list == null ? "" : list.toString();
  }

  @Override
  public long getBytesPerSecond() {
    return board.running().stream().mapToLong(ProgressSnapshot::bytesPerSecond).sum();
  }

  @Override
  public long getNetworkBytes() {
    return board.networkBytes();
  }

  @Override
  public long getLandedCount() {
    return ended.count(TransferState.LANDED);
  }

  @Override
  public long getUnchangedCount() {
    return ended.count(TransferState.UNCHANGED);
  }

  @Override
  public long getFailedCount() {
    return ended.count(TransferState.FAILED);
  }

  @Override
  public long getCancelledCount() {
    return ended.count(TransferState.CANCELLED);
  }

  @Override
  public boolean isDraining() {
    return signal.isDraining();
  }

  @Override
  public String getLogLevel() {
    return logs.level();
  }

  @Override
  public void setLogLevel(String level) {
    logs.level(level);
    LOG.info("msg=\"an operator sets the log level\" to={}", logs.level());
  }

  @Override
  public Change pollNow() {
    return sources.poll("*");
  }

  @Override
  public void drain(boolean thenStop) {
    LOG.info("msg=\"an operator drains\" thenStop={}", thenStop);
    endsWhenIdle = thenStop;
    signal.drain(true);
  }

  @Override
  public void undrain() {
    LOG.info("msg=\"an operator ends the drain\"");
    endsWhenIdle = false;
    signal.drain(false);
    tick.run();
  }
}
