package dev.dromedary.plan;

import dev.dromedary.transfer.Validators;
import java.time.Instant;

/**
 * What was recorded when a version landed. Immutable, thread-safe.
 *
 * @param validators what the server said of that version
 * @param sizeBytes its length, 0 or more
 * @param modifiedAt the file's time as read back after landing
 * @param target where it landed, as the source names it
 * @param isAsked whether it was held against what the source asks for now, and came from there
 */
public record LandedFacts(
    Validators validators, long sizeBytes, Instant modifiedAt, String target, boolean isAsked) {}
