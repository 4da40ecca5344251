package dev.dromedary.observe;

import java.util.Map;

/**
 * What holds transfers back, {@code dev.dromedary:type=Limits}; changes hold at once, for what runs
 * too, and until the next start. Rates are bytes a second, 0 is no limit.
 */
@Described("What holds transfers back; a change holds at once and until the next start.")
public interface LimitsMXBean {

  /** The name under which it is registered. */
  String NAME = "dev.dromedary:type=Limits";

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

  /** Returns how many connections all transfers together may have to one host. */
  @Described("How many connections all transfers together open to one host.")
  int getConnectionsPerHost();

  /** Returns how many connections one transfer may have. */
  @Described("How many connections one transfer uses at most.")
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

  /** Returns how many transfers there is room for: what was configured at the start. */
  @Described("How many transfers the service was started for (transfer.concurrency).")
  int getMaxConcurrency();

  /**
   * Sets the rate of one origin.
   *
   * @throws IllegalArgumentException when the rate is less than 0 or it is no host
   */
  @Described("Sets the bytes a second of one host.")
  void limitOrigin(
      @Described("The host, with its port where it is not the usual one, or a pattern *.HOST.")
          String host,
      @Described("Bytes a second; 0 for no limit.") long bytesPerSecond);

  /**
   * Sets the rate of one source.
   *
   * @throws IllegalArgumentException when the rate is less than 0
   */
  @Described("Sets the bytes a second of one source.")
  void limitSource(
      @Described("The source's id.") String id,
      @Described("Bytes a second; 0 for no limit.") long bytesPerSecond);
}
