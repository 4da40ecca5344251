package dev.dromedary.routing;

import dev.dromedary.origin.OpenRequests;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.FailureCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The transfers that run in this process, as far as operators reach into them. Thread-safe. */
public final class OpenRuns {

  private final OpenRequests requests;
  private final Map<String, TransferRun> runs = new ConcurrentHashMap<>();

  /** Creates an empty set; {@code requests} are those the transfers make. */
  public OpenRuns(OpenRequests requests) {
    this.requests = requests;
    requests.refuse(this::isUnwanted);
  }

  void opened(TransferRun run) {
    runs.put(run.record().id(), run);
  }

  void closed(TransferRun run) {
    runs.remove(run.record().id(), run);
  }

  /** Says whether a transfer runs: a worker is at it. */
  public boolean holds(String transferId) {
    return runs.containsKey(transferId);
  }

  /** Returns what of a running transfer is here and what is being fetched. */
  public Optional<Strip> strip(String transferId) {
    return Optional.ofNullable(runs.get(transferId)).map(TransferRun::strip);
  }

  /**
   * A transfer may be cancelled, or its attempt fail by another part, after a part looked and
   * before its request can be broken off.
   */
  private boolean isUnwanted(String transferId) {
    TransferRun run = runs.get(transferId);
    return run != null && (run.isCancelled() || run.hasAttemptFailed());
  }

  /**
   * Tells a running transfer to end: its requests are broken off, and its own thread records how it
   * ended.
   *
   * @return whether it runs here, and ends
   */
  boolean cancel(String transferId) {
    TransferRun run = runs.get(transferId);
    if (run == null || !run.cancel()) {
      return false;
    }
    requests.cancel(transferId, FailureCode.STOPPING);
    return true;
  }

  /**
   * The bytes of a running transfer.
   *
   * @param here what is here, ascending and disjoint
   * @param fetching what each connection still fetches
   */
  public record Strip(List<ByteRange> here, List<ByteRange> fetching) {

    public Strip {
      here = List.copyOf(here);
      fetching = List.copyOf(fetching);
    }
  }
}
