package dev.dromedary.failure;

import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, classified. Immutable, thread-safe.
 *
 * @param code what kind of failure it is
 * @param message one line for a user, without credentials and queries
 * @param retryAfter how long the server wants to be left alone, not yet capped; null when unsaid
 */
public record Failure(FailureCode code, String message, @Nullable Duration retryAfter) {}
