package dev.dromedary.operate;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.DeadLetter;
import dev.dromedary.observe.DeadLetterPage;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.routing.TransferControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean of {@link FailuresMXBean}. Thread-safe. */
final class Failures implements FailuresMXBean {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final DeadLetters letters;
  private final Ledger ledger;
  private final SourceCatalog catalog;
  private final TransferControl control;
  private final Replay replay;
  private final Runnable tick;

  /** Creates the bean; {@code tick} lets the next poll begin now. */
  Failures(
      Ledger ledger,
      SourceCatalog catalog,
      TransferControl control,
      EndedTransfers ended,
      Runnable tick) {
    this.catalog = catalog;
    this.letters = new DeadLetters(ledger);
    this.ledger = ledger;
    this.control = control;
    this.replay = new Replay(control, ended);
    this.tick = tick;
  }

  @Override
  public int getCount() {
    return letters.count();
  }

  @Override
  public Map<String, Integer> getCodes() {
    return letters.codes();
  }

  @Override
  public DeadLetterPage find(String filter, int offset, int limit) {
    return letters.find(filter, offset, limit);
  }

  @Override
  public String export(String filter) {
    return SourceExport.of(catalog, letters.sources(filter));
  }

  @Override
  public @Nullable DeadLetter get(String id) {
    return letters.get(id);
  }

  @Override
  public Change retry(String id) {
    return retry(letters.record(id).stream().toList());
  }

  @Override
  public Change retryAll() {
    return retry(ledger.failures());
  }

  @Override
  public Change retryByCode(String code) {
    return retry(
        ledger.failures().stream()
            .filter(record -> DeadLetters.code(record).label().equalsIgnoreCase(code.strip()))
            .toList());
  }

  @Override
  public Change discard(String id) {
    Optional<TransferRecord> found = letters.record(id);
    found.ifPresent(dead -> LOG.info("transfer={} msg=\"an operator discards\"", dead.id()));
    boolean isGone = found.filter(control::discard).isPresent();
    return found.isEmpty() ? Change.NOTHING : new Change(1, isGone ? 1 : 0, List.of());
  }

  private Change retry(List<TransferRecord> dead) {
    List<String> left = new ArrayList<>();
    for (TransferRecord record : dead) {
      replay.retry(record).ifPresent(why -> left.add(record.id() + ": " + why));
    }
    if (dead.size() > left.size()) {
      LOG.info("msg=\"an operator retries\" deadLetters={}", dead.size() - left.size());
      tick.run();
    }
    return new Change(dead.size(), dead.size() - left.size(), left);
  }
}
