package dev.dromedary.plan;

import java.time.Instant;

/**
 * What is on the disk where a source lands now. Immutable, thread-safe.
 *
 * @param target where it was looked for, as the source names it now
 * @param sizeBytes its length, 0 or more
 * @param modifiedAt its time
 */
public record FileFacts(String target, long sizeBytes, Instant modifiedAt) {}
