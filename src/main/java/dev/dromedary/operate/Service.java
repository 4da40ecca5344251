package dev.dromedary.operate;

import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.NotificationType;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.routing.StopSignal;
import dev.dromedary.routing.TransferGate;
import dev.dromedary.transfer.TransferState;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean of {@link ServiceMXBean}. Thread-safe. */
final class Service implements ServiceMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final ServiceFacts facts;
  private final ProgressBoard board;
  private final OperatorLedger ledger;
  private final EndedTransfers ended;
  private final TransferGate gate;
  private final StopSignal signal;
  private final SourcesMXBean sources;
  private final Runnable tick;
  private final Runnable end;
  private final Notices notices;
  private final Disk disk;
  private final Clock clock;
  private final LogLevels logs = new LogLevels();
  private volatile boolean endsWhenIdle;
  private volatile boolean wasLow;

  /** What the bean works with; {@code tick} begins a poll now, {@code end} ends the service. */
  record Parts(
      ProgressBoard board,
      OperatorLedger ledger,
      EndedTransfers ended,
      TransferGate gate,
      StopSignal signal,
      SourcesMXBean sources,
      Runnable tick,
      Runnable end) {}

  Service(ServiceFacts facts, Parts parts, Notices notices, Clock clock) {
    this.facts = facts;
    this.board = parts.board();
    this.ledger = parts.ledger();
    this.ended = parts.ended();
    this.gate = parts.gate();
    this.signal = parts.signal();
    this.sources = parts.sources();
    this.tick = parts.tick();
    this.end = parts.end();
    this.notices = notices;
    this.disk = new Disk(facts, board);
    this.clock = clock;
  }

  /** Looks whether a drain is over and whether the disk runs full; called again and again. */
  void look() {
    if (endsWhenIdle && signal.isDraining() && gate.inside() == 0) {
      endsWhenIdle = false;
      end.run();
    }
    long free = getDiskFreeBytes();
    long reserved = getDiskReservedBytes();
    boolean isLow = free >= 0 && free < reserved;
    if (isLow && !wasLow) {
      notices.send(
          NotificationType.DISK_LOW,
          "the disk of " + facts.work() + " is too small for what runs",
          Map.of("free", Long.toString(free), "needed", Long.toString(reserved)));
    }
    wasLow = isLow;
  }

  @Override
  public String getVersion() {
    return facts.version();
  }

  @Override
  public String getStartedAt() {
    return facts.startedAt().toString();
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
    return ledger.queued();
  }

  @Override
  public int getInFlight() {
    return gate.inside();
  }

  @Override
  public long getDiskFreeBytes() {
    return disk.freeBytes();
  }

  @Override
  public long getDiskReservedBytes() {
    return disk.reservedBytes();
  }

  @Override
  public long getLedgerBytes() {
    return disk.ledgerBytes();
  }

  @Override
  public long getBytesPerSecond() {
    return board.running().stream().mapToLong(ProgressSnapshot::bytesPerSecond).sum();
  }

  @Override
  public long getReceivedBytes() {
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
