package dev.dromedary.operate;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.routing.OpenRuns;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.routing.TransferControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
        : cancelOf(named);
  }

  private Change cancelOf(String pattern) {
    Set<String> busy = new TreeSet<>();
    operators
        .standings()
        .forEach(
            (id, standing) -> {
              if (standing.active() != null) {
                busy.add(id);
              }
            });
    List<String> sources = names.of(pattern, busy);
    List<String> left = new ArrayList<>();
    int changed = 0;
    for (String source : sources) {
      Optional<String> transfer =
          busy.contains(source)
              ? ledger.activeOf(source).map(TransferRecord::id)
              : Optional.empty();
      if (transfer.isPresent()) {
        Optional<String> why = control.cancel(transfer.get());
        why.ifPresent(reason -> left.add(transfer.get() + ": " + reason));
        changed += why.isEmpty() ? 1 : 0;
      } else if (sources.size() == 1) {
        left.add(source + ": nothing of it runs or waits");
      }
    }
    return new Change(sources.size(), changed, left);
  }

  @Override
  public Change retry(String id) {
    Optional<TransferRecord> found = ledger.transfer(id).or(() -> operators.newestOf(id));
    if (found.isEmpty()) {
      return Change.NOTHING;
    }
    Change change = changed(found.get().id(), replay.retry(found.get()));
    if (change.changed() > 0) {
      LOG.info("transfer={} msg=\"an operator retries\"", found.get().id());
      tick.run();
    }
    return change;
  }

  private static Change changed(String id, Optional<String> left) {
    return left.map(why -> new Change(1, 0, List.of(id + ": " + why)))
        .orElse(new Change(1, 1, List.of()));
  }

  private TransferStatus running(ProgressSnapshot now) {
    return TransferReport.of(now, runs.strip(now.transferId()).orElse(null));
  }
}
