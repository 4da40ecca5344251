package dev.dromedary.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transfers that run, wait and ended lately, {@code dev.dromedary:type=Transfers}. Sends {@link
 * NotificationType notifications}.
 */
@Described("The transfers that run, wait for another attempt, or ended lately.")
public interface TransfersMXBean {

  /** The name under which it is registered. */
  String NAME = "dev.dromedary:type=Transfers";

  /** As many ended transfers are remembered. */
  int MOST_RECENT = 200;

  /** As many waiting transfers are told. */
  int MOST_WAITING = 200;

  /** Returns how many run. */
  @Described("How many transfers run.")
  int getRunningCount();

  /** Returns those that run, in the order they were started. */
  @Described("The transfers that run, in the order they were started.")
  List<TransferStatus> getRunning();

  /** Returns those that wait for another attempt and hold no place meanwhile, the oldest first. */
  @Described("The transfers that wait for their next attempt without holding a place.")
  List<TransferStatus> getWaiting();

  /** Returns those that wait for a turn, the oldest first, at most {@link #MOST_WAITING}. */
  @Described("The transfers that are queued and wait for a turn, at most 200 of them.")
  List<TransferStatus> getQueued();

  /** Returns how many ended since the start and have not begun again, as far as they are told. */
  @Described("How many transfers ended lately, 200 at most.")
  int getRecentCount();

  /**
   * Returns those that ended since the start and have not begun again, the last first, at most
   * {@link #MOST_RECENT}.
   */
  @Described("The transfers that ended lately and have not begun again, the last first.")
  List<TransferStatus> getRecent();

  /** Returns one transfer, also an older one; null when the ledger has none of this id. */
  @Described(value = "One transfer by its id, or null.", looksOnly = true)
  @Nullable TransferStatus get(@Described("The transfer's id.") String id);

  /**
   * Ends transfers: their requests are broken off, their places are free, what arrived is kept. It
   * may take a moment until they have ended. Their sources are due again at the next time of their
   * schedules, which counts from now.
   *
   * @param named a transfer's id; or a source's, or a pattern of them as {@link SourcesMXBean}
   *     takes it, also of sources that have left the list. Of sources it tells how many are named.
   */
  @Described("Ends transfers that wait or run; what arrived is kept.")
  Change cancel(
      @Described("A transfer's id, a source's id, or a pattern of sources with * and ?.")
          String named);

  /**
   * Queues failed or cancelled transfers again; those that wait for their next attempt make it.
   *
   * @param named as {@link #cancel} takes it; of a source its newest transfer
   */
  @Described("Queues failed or cancelled transfers again, or ends the wait for the next attempt.")
  Change retry(
      @Described("A transfer's id, a source's id, or a pattern of sources with * and ?.")
          String named);
}
