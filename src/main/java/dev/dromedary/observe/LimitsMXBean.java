package dev.dromedary.observe;

import java.util.List;
import java.util.Map;

/**
 * What holds transfers back, {@code dev.dromedary:type=Limits}; changes hold at once, for what runs
 * too, and until the next start. Rates are bytes a second, 0 is no limit. What was set is taken
 * back with {@link #CONFIGURED}.
 */
@Described("What holds transfers back; a change holds at once and until the next start.")
public interface LimitsMXBean {

  /** The name under which it is registered. */
  String NAME = "dev.dromedary:type=Limits";

  /** Stands for what the configuration says. */
  int CONFIGURED = -1;

  /** As many sources are told. */
  int MOST_SOURCES = 200;

  /** Returns the rate all transfers share. */
  @Described("Bytes a second for all transfers together; 0 for no limit, -1 sets as configured.")
  long getBytesPerSecond();

  /**
   * Sets the rate all transfers share.
   *
   * @param bytesPerSecond 0 for no limit, or {@link #CONFIGURED}
   * @throws IllegalArgumentException when it is none of these
   */
  void setBytesPerSecond(long bytesPerSecond);

  /** Returns the rate of each origin of which one is said, by host; 0 for no limit. */
  @Described("Bytes a second of each host of which a limit is said; 0 for no limit.")
  Map<String, Long> getOriginBytesPerSecond();

  /**
   * Returns the rate of sources of which one is said, at most {@link #MOST_SOURCES}; 0 for none.
   */
  @Described("Bytes a second of sources of which a limit is said, at most 200; 0 for no limit.")
  Map<String, Long> getSourceBytesPerSecond();

  /**
   * Returns what was set by hand and is in force, in any order: {@code rate}, {@code concurrency},
   * {@code connections}, {@code rate of HOST}, {@code connections of HOST}, {@code rate of source
   * ID}; at most {@link #MOST_SOURCES} sources.
   */
  @Described("Which limits were set by hand: rate, connections, rate of HOST and so on.")
  List<String> getByHand();

  /**
   * Returns the hosts with a limit set by hand that no source of the list names and no transfer
   * uses, ascending: only a redirect may lead there.
   */
  @Described("Hosts with a limit set by hand that no source names; only a redirect may lead there.")
  List<String> getUnnamedHosts();

  /** Returns how many connections all transfers together may have to a host. */
  @Described("How many connections to a host without its own number; -1 sets as configured.")
  int getConnectionsPerHost();

  /**
   * Sets how many connections all transfers together may have to a host of which nothing else is
   * said; those that are open stay.
   *
   * @throws IllegalArgumentException when it is neither 1 to 1000 nor {@link #CONFIGURED}
   */
  void setConnectionsPerHost(int connections);

  /** Returns how many connections each host may have that has a number of its own. */
  @Described("How many connections each host with a number of its own may have.")
  Map<String, Integer> getOriginConnections();

  /** Returns the hosts that transfers have or want connections to. */
  @Described("The hosts in use: connections granted and used, transfers that wait for one.")
  List<HostConnections> getHosts();

  /** Returns how many connections one transfer may have; settled at the start. */
  @Described("How many connections one transfer uses at most (part.connections).")
  int getConnectionsPerTransfer();

  /** Returns how many transfers may run at the same time. */
  @Described("How many transfers run at a time, 1 to MaxConcurrency; -1 sets as configured.")
  int getConcurrency();

  /**
   * Sets how many transfers may run at the same time; those that run already go on.
   *
   * @throws IllegalArgumentException when it is neither 1 to {@link #getMaxConcurrency()} nor
   *     {@link #CONFIGURED}
   */
  void setConcurrency(int transfers);

  /** Returns how many transfers there are threads for; settled at the start. */
  @Described(
      "How many transfers there are threads for: transfer.concurrency at the start, at least 32.")
  int getMaxConcurrency();

  /**
   * Sets the rate of one origin.
   *
   * @throws IllegalArgumentException when the rate is none, or it is no host
   */
  @Described("Sets the bytes a second of one host.")
  void limitOrigin(
      @Described("The host, with its port where it is not the usual one, or a pattern *.HOST.")
          String host,
      @Described("Bytes a second; 0 for no limit, -1 for what the configuration says.")
          long bytesPerSecond);

  /**
   * Sets how many connections all transfers together may have to one host; those that are open
   * stay.
   *
   * @throws IllegalArgumentException when it is not 1 to 1000, or it is no host
   */
  @Described("Sets how many connections all transfers together may have to one host.")
  void limitOriginConnections(
      @Described("The host, with its port where it is not the usual one, or a pattern *.HOST.")
          String host,
      @Described("Connections, 1 to 1000; -1 for what the configuration says.") int connections);

  /**
   * Sets the rate of one source.
   *
   * @throws IllegalArgumentException when the rate is none, or the list has no such source
   */
  @Described("Sets the bytes a second of one source.")
  void limitSource(
      @Described("The source's id.") String id,
      @Described("Bytes a second; 0 for no limit, -1 for what the configuration says.")
          long bytesPerSecond);
}
