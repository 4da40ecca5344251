package dev.dromedary.operate;

import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.routing.TransferControl;
import java.util.Optional;

/**
 * Tries transfers again on an operator's wish; what is tried again has not ended lately any more.
 */
final class Replay {

  private final TransferControl control;
  private final EndedTransfers ended;

  Replay(TransferControl control, EndedTransfers ended) {
    this.control = control;
    this.ended = ended;
  }

  /** Returns why a transfer was left as it is; empty when it is tried again. */
  Optional<String> retry(TransferRecord record) {
    Optional<TransferStatus> end = ended.find(record.id());
    Optional<String> left = control.retry(record);
    if (left.isEmpty()) {
      end.ifPresent(ended::forget);
    }
    return left;
  }
}
