package dev.dromedary.ledger;

import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One scheduled pass over the source list.
 *
 * @param id sortable by start
 * @param startedAt when it began
 * @param finishedAt when the last due source was enqueued; absent while it runs and when it was
 *     killed
 * @param due how many sources were due; known when it is finished
 */
public record PollRecord(
    String id, Instant startedAt, @Nullable Instant finishedAt, OptionalInt due) {}
