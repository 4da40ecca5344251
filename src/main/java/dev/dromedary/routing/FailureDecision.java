package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import java.time.Duration;

/**
 * What is done about the last failure of a transfer.
 *
 * @param failure what went wrong
 * @param retry whether another attempt follows
 * @param delay how long until then; zero without one
 */
record FailureDecision(Failure failure, boolean retry, Duration delay) {}
