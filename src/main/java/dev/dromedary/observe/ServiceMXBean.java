package dev.dromedary.observe;

import java.util.Map;

/**
 * The service as a whole, {@code dev.dromedary:type=Service}. Sends {@link NotificationType
 * notifications}.
 */
@Described("The service as a whole.")
public interface ServiceMXBean {

  /** The name under which it is registered. */
  String NAME = "dev.dromedary:type=Service";

  /** Returns the version of the program. */
  @Described("The version of the program.")
  String getVersion();

  /** Returns when the service was started, ISO 8601 in UTC. */
  @Described("When the service was started, ISO 8601 in UTC.")
  String getStartedAt();

  /** Returns how long it has been running. */
  @Described("How many seconds it has been running.")
  long getUptimeSeconds();

  /** Returns the id of its process. */
  @Described("The id of its process.")
  long getPid();

  /** Returns where part files and the ledger are. */
  @Described("Where part files and the ledger are.")
  String getWorkDirectory();

  /** Returns where files land. */
  @Described("Where files land.")
  String getLandingZone();

  /** Returns how many transfers wait for their turn. */
  @Described("How many transfers wait for their turn, in memory and in the ledger.")
  int getQueueDepth();

  /** Returns how many transfers run. */
  @Described("How many transfers run.")
  int getInFlight();

  /** Returns the bytes that are free on the disk of the work directory. */
  @Described("Free bytes on the disk of the work directory.")
  long getDiskFreeBytes();

  /** Returns how much more the running transfers need, as far as their lengths are known. */
  @Described("Bytes that the running transfers still need on the disk.")
  long getDiskReservedBytes();

  /** Returns the hosts that are left alone because they fail, and until when. */
  @Described("The hosts that are left alone because they fail, each with the time until when.")
  Map<String, String> getRestingHosts();

  /** Returns the files whose last edit is refused, each with what is wrong; absent: none. */
  @Described(
      "Files (source list, origins) whose last edit cannot be used, each with what is wrong; what"
          + " they said before holds.")
  Map<String, String> getRefusedFiles();

  /** Returns what was removed or replaced of the work directory while in use, by path, and why. */
  @Described(
      "Files of the work directory that were removed or replaced while in use, each with what to"
          + " do; nothing lands meanwhile.")
  Map<String, String> getLostFiles();

  /** Returns why polls fail, with the code; empty where they go through. */
  @Described("Why polls fail, empty where they go through; nothing new is found meanwhile.")
  String getPollFailure();

  /** Returns the file of the source list, empty where the sources were named otherwise. */
  @Described("The file of the source list.")
  String getSourceList();

  /** Returns the size of the ledger on the disk. */
  @Described("Bytes of the ledger on the disk.")
  long getLedgerBytes();

  /** Returns the network's rate over the last ten seconds, all transfers together. */
  @Described("Bytes a second over the last ten seconds, all transfers together.")
  long getBytesPerSecond();

  /** Returns the bytes of bodies that came over the network since the start. */
  @Described("Bytes of bodies that came over the network since the start.")
  long getNetworkBytes();

  /** Returns how many transfers landed since the start. */
  @Described("How many transfers landed since the start.")
  long getLandedCount();

  /** Returns how many transfers found their source unchanged since the start. */
  @Described("How many transfers found their source unchanged since the start.")
  long getUnchangedCount();

  /** Returns how many transfers were given up since the start. */
  @Described("How many transfers were given up since the start.")
  long getFailedCount();

  /** Returns how many transfers were cancelled since the start. */
  @Described("How many transfers were cancelled since the start.")
  long getCancelledCount();

  /** Says whether it takes nothing new. */
  @Described("Whether it finishes what runs and takes nothing new.")
  boolean isDraining();

  /** Returns how much the program logs: {@code ERROR}, {@code WARN}, {@code INFO}, … */
  @Described("How much the program logs: ERROR, WARN, INFO, DEBUG or TRACE.")
  String getLogLevel();

  /**
   * Sets how much the program logs from now on.
   *
   * @throws IllegalArgumentException when it is no level
   */
  void setLogLevel(String level);

  /** Polls every source now, whatever its schedule says. Those paused are left out. */
  @Described("Polls every source now, whatever its schedule says; paused ones are left out.")
  Change pollNow();

  /**
   * Finishes what runs and takes nothing new; what waits stays in the ledger.
   *
   * @param thenStop whether to end the service when nothing runs any more
   */
  @Described("Finishes what runs and takes nothing new.")
  void drain(@Described("Whether to end the service when nothing runs any more.") boolean thenStop);

  /** Takes new work again after {@link #drain}. */
  @Described("Takes new work again after a drain.")
  void undrain();
}
