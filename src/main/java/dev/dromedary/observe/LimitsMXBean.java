package dev.dromedary.observe;

import java.util.List;
import java.util.Map;

/**
 * What holds transfers back, {@code dev.dromedary:type=Limits}; changes hold at once, for what runs
 * too, and until the next start. Rates are bytes a second, 0 is no limit. What was set for a host
 * or a source is taken back with {@link #CONFIGURED}.
 */
@Described("What holds transfers back; a change holds at once and until the next start.")
public interface LimitsMXBean {

  /** The name under which it is registered. */
  String NAME = "dev.dromedary:type=Limits";

  /** Stands for what the configuration says, where a host or a source has a limit of its own. */
  int CONFIGURED = -1;

  /** As many sources are told. */
  int MOST_SOURCES = 200;

  /** Returns the rate all transfers share. */
  @Described("Bytes a second for all transfers together; 0 for no limit.")
  long getBytesPerSecond();

  /**
   * Sets the rate all transfers share.
   *
   * @throws IllegalArgumentException when it is less than 0
   */
  void setBytesPerSecond(long bytesPerSecond);

  /** Returns the rate of each origin that has one of its own, by host. */
  @Described("Bytes a second of each host that has a limit of its own.")
  Map<String, Long> getOriginBytesPerSecond();

  /** Returns the rate of sources that have one of their own, at most {@link #MOST_SOURCES}. */
  @Described("Bytes a second of sources that have a limit of their own, at most 200 of them.")
  Map<String, Long> getSourceBytesPerSecond();

  /** Returns how many connections all transfers together may have to a host. */
  @Described("How many connections all transfers together open to a host without its own number.")
  int getConnectionsPerHost();

  /**
   * Sets how many connections all transfers together may have to a host of which nothing else is
   * said; those that are open stay.
   *
   * @throws IllegalArgumentException when it is not 1 to 1000
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
  @Described("How many transfers run at the same time, 1 to MaxConcurrency.")
  int getConcurrency();

  /**
   * Sets how many transfers may run at the same time; those that run already go on.
   *
   * @throws IllegalArgumentException when it is not 1 to {@link #getMaxConcurrency()}
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
