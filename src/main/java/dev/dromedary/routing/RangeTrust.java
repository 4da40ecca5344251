package dev.dromedary.routing;

import dev.dromedary.origin.HostMemory;

/**
 * Which hosts are asked for the whole at once: those the operator says so of, and those that turned
 * a range away lately or sent another one. A server that ignores ranges is none of them: its answer
 * is used as it comes, so that asking costs nothing. Thread-safe.
 */
final class RangeTrust {

  private final OriginCatalog origins;
  private final HostMemory memory;

  RangeTrust(TransferServices services) {
    this.origins = services.origins();
    this.memory = services.memory();
  }

  /**
   * Decides before a part is asked for. What is here already is not given up for what a host has
   * shown to others; only for what is settled.
   */
  void decide(Part part, TransferRun run, String host) {
    if (part.mirror().areRangesRefused() || part.flow().mustBeRanged(part)) {
      return;
    }
    boolean holdsNothing = run.file().received().sizeBytes() == 0;
    if (origins.origins().isWithoutRanges(host)
        || (holdsNothing && memory.areRangesRefused(host))) {
      part.mirror().refuseRanges();
    }
  }

  /** Takes note of a body: what turned a range away and serves the whole refuses ranges. */
  void answered(Part part, PartRequest request, boolean isWhole) {
    if (request.asked().ranged() && !isWhole) {
      memory.rangesServed(part.host());
    } else if (isWhole && part.isRangeTurnedAway()) {
      memory.rangesRefused(part.host());
    }
  }
}
