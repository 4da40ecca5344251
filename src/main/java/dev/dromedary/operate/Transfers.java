package dev.dromedary.operate;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.SourceStanding;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.routing.OpenRuns;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.routing.TransferControl;
import dev.dromedary.transfer.TransferState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean of {@link TransfersMXBean}. Thread-safe. */
final class Transfers implements TransfersMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

  private final ProgressBoard board;
  private final OpenRuns runs;
  private final EndedTransfers ended;
  private final Ledger ledger;
  private final NamedSources names;
  private final OperatorLedger operators;
  private final TransferControl control;
  private final Replay replay;
  private final Runnable tick;

  /** Creates the bean; {@code tick} lets the next poll begin now. */
  Transfers(
      ProgressBoard board,
      OpenRuns runs,
      EndedTransfers ended,
      Ledger ledger,
      SourceCatalog catalog,
      TransferControl control,
      Runnable tick) {
    this.board = board;
    this.runs = runs;
    this.ended = ended;
    this.ledger = ledger;
    this.names = new NamedSources(catalog);
    this.operators = ledger.forOperators();
    this.control = control;
    this.replay = new Replay(control, ended);
    this.tick = tick;
  }

  @Override
  public int getRunningCount() {
    return getRunning().size();
  }

  @Override
  public List<TransferStatus> getRunning() {
    return board.running().stream()
        .filter(now -> runs.holds(now.transferId()))
        .map(this::running)
        .toList();
  }

  @Override
  public List<TransferStatus> getWaiting() {
    List<ProgressSnapshot> all = board.running();
    Set<String> known = all.stream().map(ProgressSnapshot::transferId).collect(Collectors.toSet());
    Stream<TransferStatus> here =
        all.stream().filter(now -> !runs.holds(now.transferId())).map(this::running);
    Stream<TransferStatus> inTheLedger =
        operators.retrying(MOST_WAITING).stream()
            .filter(record -> !known.contains(record.id()))
            .map(TransferReport::of);
    return Stream.concat(here, inTheLedger).limit(MOST_WAITING).toList();
  }

  @Override
  public List<TransferStatus> getQueued() {
    return operators.inTurn(MOST_WAITING).stream().map(TransferReport::of).toList();
  }

  @Override
  public int getRecentCount() {
    return ended.last().size();
  }

  @Override
  public List<TransferStatus> getRecent() {
    return ended.last();
  }

  @Override
  public @Nullable TransferStatus get(String id) {
    return board
        .running(id)
        .map(this::running)
        .or(() -> ended.find(id))
        .or(() -> ledger.transfer(id).map(TransferReport::of))
        .orElse(null);
  }

  @Override
  public Change cancel(String named) {
    return ledger.transfer(named).isPresent()
        ? changed(named, control.cancel(named))
        : eachOf(named, standing -> standing.active() != null, this::cancelOf);
  }

  @Override
  public Change retry(String named) {
    Change change =
        ledger
            .transfer(named)
            .map(record -> changed(named, replay.retry(record)))
            .orElseGet(() -> eachOf(named, Transfers::mayBeRetried, this::retryOf));
    if (change.changed() > 0) {
      LOG.info("msg=\"an operator retries\" transfers={} of=\"{}\"", change.changed(), named);
      tick.run();
    }
    return change;
  }

  /** Changes those sources that are concerned; one that is named alone tells why it is not. */
  private Change eachOf(
      String pattern,
      Predicate<SourceStanding> concerned,
      Function<String, Optional<String>> change) {
    Set<String> some = new TreeSet<>();
    operators
        .standings()
        .forEach(
            (id, standing) -> {
              if (concerned.test(standing)) {
                some.add(id);
              }
            });
    List<String> sources = names.of(pattern, some);
    List<String> left = new ArrayList<>();
    int changed = 0;
    for (String source : sources) {
      if (some.contains(source) || sources.size() == 1) {
        Optional<String> why = change.apply(source);
        why.ifPresent(left::add);
        changed += why.isEmpty() ? 1 : 0;
      }
    }
    return new Change(sources.size(), changed, left);
  }

  private Optional<String> cancelOf(String source) {
    Optional<TransferRecord> active = ledger.activeOf(source);
    return active.isEmpty()
        ? Optional.of(source + ": nothing of it runs or waits")
        : told(active.get().id(), control.cancel(active.get().id()));
  }

  private Optional<String> retryOf(String source) {
    Optional<TransferRecord> newest = operators.newestOf(source);
    return newest.isEmpty()
        ? Optional.of(source + ": nothing of it has failed or waits; poll it to ask its server now")
        : told(source, replay.retry(newest.get()));
  }

  private static boolean mayBeRetried(SourceStanding standing) {
    return standing.active() == null
        ? standing.lastOutcome() == TransferState.FAILED
            || standing.lastOutcome() == TransferState.CANCELLED
        : standing.active() == TransferState.RETRYING;
  }

  private static Change changed(String id, Optional<String> left) {
    return new Change(1, left.isEmpty() ? 1 : 0, told(id, left).stream().toList());
  }

  private static Optional<String> told(String id, Optional<String> left) {
    return left.map(why -> id + ": " + why);
  }

  private TransferStatus running(ProgressSnapshot now) {
    return TransferReport.of(now, runs.strip(now.transferId()).orElse(null));
  }
}
