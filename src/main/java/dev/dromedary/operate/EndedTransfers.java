package dev.dromedary.operate;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The transfers that ended since the start: how many of each kind, and the last that have not begun
 * again. Thread-safe.
 */
final class EndedTransfers implements TransferListener {

  private final Map<TransferState, Long> counts = new EnumMap<>(TransferState.class);
  private final Deque<TransferStatus> last = new ArrayDeque<>();

  @Override
  public synchronized void onEvent(TransferEvent event) {
    if (event.state().isTerminal()) {
      counts.merge(event.state(), 1L, Long::sum);
      last.removeIf(before -> before.transfer().equals(event.transferId()));
      if (last.size() == TransfersMXBean.MOST_RECENT) {
        last.removeLast();
      }
      last.addFirst(TransferReport.of(event));
    }
  }

  synchronized long count(TransferState state) {
    return counts.getOrDefault(state, 0L);
  }

  /** Returns the last, the latest first, a transfer once. */
  synchronized List<TransferStatus> last() {
    return List.copyOf(last);
  }

  synchronized Optional<TransferStatus> find(String transferId) {
    return last.stream().filter(ended -> ended.transfer().equals(transferId)).findFirst();
  }

  /** Forgets this end of a transfer that goes on; one that came since stays. */
  synchronized void forget(TransferStatus end) {
    last.remove(end);
  }
}
