package dev.dromedary.routing;

import dev.dromedary.ledger.FileStamp;
import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.part.Delivery;
import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What deliveries that did not come to their end left in the landing zone, under the names of their
 * transfers. Thread-safe.
 */
public final class LeftCopies {

  private static final Logger LOG = LoggerFactory.getLogger(LeftCopies.class);

  private final Delivery delivery = new Delivery();
  private final Path landing;

  /** Creates what looks below a landing zone. */
  public LeftCopies(Path landing) {
    this.landing = landing;
  }

  /**
   * Takes a dead letter off the list, with what its delivery left; what it kept in staging is its
   * next transfer's.
   *
   * @return whether it was on the list
   */
  public boolean discard(OperatorLedger letters, TransferRecord letter) {
    boolean isGone = letters.discard(letter);
    if (isGone) {
      letters.whileIdle(letter.sourceId(), () -> remove(letter));
    }
    return isGone;
  }

  /**
   * Takes back what the delivery of a transfer had begun to hand over, so that its bytes need not
   * come again; of a copy the part file is still there. What was delivered stays.
   */
  void takeBack(TransferRun run) {
    FileStamp begun = run.record().delivering();
    Path target = landing.resolve(run.source().target());
    if (begun == null) {
      return;
    }
    try {
      if (delivery.takeBack(target, run.record().id(), run.file().path(), begun::isOf)) {
        run.reopen();
      } else if (Files.exists(run.file().path())) {
        delivery.discard(landing, target, run.record().id());
      }
    } catch (IOException | DromedaryException e) {
      LOG.debug(
          "transfer={} msg=\"delivery not taken back\" reason=\"{}\"",
          run.record().id(),
          e.toString());
    }
  }

  /**
   * Removes what a transfer left that has ended and cannot be queued again meanwhile.
   *
   * @return whether it could be looked for; what a link leads to is none of ours
   */
  boolean remove(TransferRecord ended) {
    if (!ended.state().isTerminal()) {
      return false;
    }
    try {
      return delivery.discard(landing, landing.resolve(ended.target()), ended.id());
    } catch (IOException | DromedaryException e) {
      LOG.debug("transfer={} msg=\"copy not removed\" reason=\"{}\"", ended.id(), e.toString());
      return false;
    }
  }
}
