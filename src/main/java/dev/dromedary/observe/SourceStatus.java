package dev.dromedary.observe;

import org.jspecify.annotations.Nullable;

/**
 * A source as an operator sees it. Times are {@link dev.dromedary.transfer.UtcTime}.
 *
 * @param source the id in the source list
 * @param state {@code queued}, {@code running}, {@code retrying}, {@code verifying} or {@code
 *     delivering} while a transfer is under way; else {@code paused}; else how its last transfer
 *     ended: {@code landed}, {@code unchanged}, {@code failed} or {@code cancelled}; {@code new}
 *     before the first
 * @param paused whether polls skip it; what is under way goes on
 * @param url its first URL without user information and query
 * @param mirrors how many further URLs it has
 * @param target where it lands, relative to the landing zone
 * @param schedule when it is due: {@code every 6h} or {@code cron 0 30 2 * * ? Europe/Berlin}
 * @param validator the ETag, else the Last-Modified, of what landed last
 * @param verifiedBy what verified that, e.g. {@code sha-256}
 * @param landedAt when it landed last
 * @param landedBytes how large that was
 * @param polledAt when it was polled last; a transfer cancelled by hand counts as a poll
 * @param dueAt when it is due next; in the past while its transfer is under way, while it is paused
 *     and while the poll has not come to it; absent when its schedule has no time left
 * @param failuresInARow failed transfers since one landed or was unchanged
 * @param code why the transfer that ended last failed, e.g. {@code E4404}, until one ends again
 * @param reason the same in words, or why it was cancelled
 * @param transfer the id of the transfer under way
 */
public record SourceStatus(
    String source,
    String state,
    boolean paused,
    String url,
    int mirrors,
    String target,
    String schedule,
    @Nullable String validator,
    @Nullable String verifiedBy,
    @Nullable String landedAt,
    @Nullable Long landedBytes,
    @Nullable String polledAt,
    @Nullable String dueAt,
    int failuresInARow,
    @Nullable String code,
    @Nullable String reason,
    @Nullable String transfer) {}
