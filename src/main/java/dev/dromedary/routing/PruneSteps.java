package dev.dromedary.routing;

import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.part.KeptFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of the route {@code prune-records}: what ended long ago is forgotten, dead letters that
 * are too old or keep too much are given up with what they keep. Thread-safe.
 */
public final class PruneSteps {

  private static final Logger LOG = LoggerFactory.getLogger(PruneSteps.class);

  private static final int ALL = Integer.MAX_VALUE;

  private final TransferServices services;
  private final OperatorLedger letters;
  private final LeftCopies copies;
  private final Keeping keeping;

  /** Creates the step. */
  public PruneSteps(TransferServices services, Keeping keeping) {
    this.services = services;
    this.letters = services.ledger().forOperators();
    this.copies = new LeftCopies(services);
    this.keeping = keeping;
  }

  /**
   * How long what is kept.
   *
   * @param records of transfers that ended well
   * @param failures dead letters with their part files
   * @param failuresBytes what dead letters keep together at most, 0 for no limit
   */
  public record Keeping(Duration records, Duration failures, long failuresBytes) {}

  /** Forgets what need not be kept any more; leaves as body how many records that were. */
  public void prune(Exchange exchange) {
    Instant now = services.clock().instant();
    Instant oldest = now.minus(keeping.failures());
    long keptBytes = 0;
    int given = 0;
    List<TransferRecord> newestFirst = letters.failures(0, ALL);
    for (TransferRecord letter : newestFirst) {
      keptBytes += kept(letter).sizeBytes();
      Instant ended = letter.endedAt() == null ? letter.updatedAt() : letter.endedAt();
      boolean isTooMuch = keeping.failuresBytes() > 0 && keptBytes > keeping.failuresBytes();
      if ((ended.isBefore(oldest) || isTooMuch) && giveUp(letter, ended)) {
        given++;
      }
    }
    int freed = freeAbandoned(oldest);
    Instant forgottenUntil = now.minus(keeping.records());
    removeCopies(oldest.isAfter(forgottenUntil) ? oldest : forgottenUntil);
    int forgotten = services.ledger().prune(forgottenUntil);
    exchange.getMessage().setBody(given + forgotten);
    if (given + freed + forgotten > 0) {
      LOG.info("msg=pruned deadLetters={} partFiles={} records={}", given, freed, forgotten);
    }
  }

  /** What a cancelled transfer kept is of use only as long as its source is in the list. */
  private int freeAbandoned(Instant oldest) {
    int freed = 0;
    for (TransferRecord cancelled : letters.cancelledWithPartFile(oldest)) {
      boolean isAbandoned = services.catalog().find(cancelled.sourceId()).isEmpty();
      if (isAbandoned && kept(cancelled).sizeBytes() > 0 && delete(cancelled, oldest)) {
        freed++;
      }
    }
    return freed;
  }

  /** Nobody looks for a copy again once its transfer is forgotten. */
  private void removeCopies(Instant oldest) {
    for (TransferRecord ended : letters.endedWithWhole(oldest)) {
      letters.whileIdle(ended.sourceId(), () -> copies.remove(ended));
    }
  }

  private boolean giveUp(TransferRecord letter, Instant ended) {
    return delete(letter, ended.plusSeconds(1)) && letters.discard(letter.id());
  }

  /** A source whose next transfer is under way goes on with these bytes. */
  private boolean delete(TransferRecord ended, Instant unlessWrittenSince) {
    return letters.whileIdle(ended.sourceId(), () -> deleteKept(ended, unlessWrittenSince));
  }

  private boolean deleteKept(TransferRecord ended, Instant unlessWrittenSince) {
    try {
      boolean isDeleted = kept(ended).deleteUnlessWrittenSince(unlessWrittenSince);
      if (isDeleted) {
        copies.remove(ended);
      }
      return isDeleted;
    } catch (IOException e) {
      LOG.warn(
          "transfer={} source={} msg=\"what it kept was not pruned\" reason=\"{}\"",
          ended.id(),
          ended.sourceId(),
          e.toString());
      return false;
    }
  }

  private KeptFile kept(TransferRecord letter) {
    String file = letter.partFile() == null ? "staging/none" : letter.partFile();
    return new KeptFile(services.limits().staging().resolveSibling("").resolve(file));
  }
}
