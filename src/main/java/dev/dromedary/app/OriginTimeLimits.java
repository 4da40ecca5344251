package dev.dromedary.app;

import dev.dromedary.origin.OriginSettings;
import dev.dromedary.origin.SilenceLimits;
import dev.dromedary.source.OriginTimes;

/** What is settled for a host, over what holds for all. Stateless. */
final class OriginTimeLimits {

  private OriginTimeLimits() {}

  static SilenceLimits silence(OriginTimes settled, OriginSettings otherwise) {
    return new SilenceLimits(
        settled.firstByteTimeout().orElse(otherwise.firstByteTimeout()),
        settled.stallTimeout().orElse(otherwise.stallTimeout()));
  }
}
