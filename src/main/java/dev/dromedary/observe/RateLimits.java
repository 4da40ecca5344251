package dev.dromedary.observe;

import java.util.Map;

/** The rates that can be read and set while the service runs; bytes a second, 0 is no limit. */
public interface RateLimits {

  /** Returns the rate all transfers share. */
  long global();

  /** Sets the rate all transfers share, 0 or more. */
  void global(long bytesPerSecond);

  /** Returns the rate of each origin that has one of its own, by host. */
  Map<String, Long> origins();

  /** Sets the rate of one origin, 0 or more. */
  void origin(String host, long bytesPerSecond);

  /** Sets the rate of one source, 0 or more. */
  void source(String id, long bytesPerSecond);
}
