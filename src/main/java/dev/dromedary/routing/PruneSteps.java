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
  private final Keeping keeping;

  /** Creates the step. */
  public PruneSteps(TransferServices services, Keeping keeping) {
    this.services = services;
    this.letters = services.ledger().forOperators();
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
    int forgotten = services.ledger().prune(now.minus(keeping.records()));
    exchange.getMessage().setBody(given + forgotten);
    if (given + forgotten > 0) {
      LOG.info("msg=pruned deadLetters={} records={}", given, forgotten);
    }
  }

  /** A source whose next transfer is under way goes on with these bytes. */
  private boolean giveUp(TransferRecord letter, Instant ended) {
    if (services.ledger().activeOf(letter.sourceId()).isPresent()) {
      return false;
    }
    try {
      return kept(letter).deleteUnlessWrittenSince(ended.plusSeconds(1))
          && letters.discard(letter.id());
    } catch (IOException e) {
      LOG.warn(
          "transfer={} source={} msg=\"dead letter not pruned\" reason=\"{}\"",
          letter.id(),
          letter.sourceId(),
          e.toString());
      return false;
    }
  }

  private KeptFile kept(TransferRecord letter) {
    String file = letter.partFile() == null ? "staging/none" : letter.partFile();
    return new KeptFile(services.limits().staging().resolveSibling("").resolve(file));
  }
}
