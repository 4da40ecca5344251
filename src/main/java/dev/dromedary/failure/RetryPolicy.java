package dev.dromedary.failure;

import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a failed transfer may be tried again, and when. Immutable, thread-safe as far as
 * the random generator is.
 *
 * @param tries how many attempts in a row may bring nothing, the first included; 1 or more
 * @param backoff the wait after the first of them, zero or more
 * @param backoffMax what the wait grows to, {@code backoff} to 365 days
 * @param maxRetryAfter how long a server may ask to be left alone, zero to 365 days
 * @param wrongDigest how long a version whose digest was wrong is not fetched again, zero to 365
 *     days
 */
public record RetryPolicy(
    int tries,
    Duration backoff,
    Duration backoffMax,
    Duration maxRetryAfter,
    Duration wrongDigest) {

  private static final Duration LONGEST = Duration.ofDays(365);

  /** A second download that does not match is no damage on the way: the digest is wrong. */
  private static final int START_OVERS_FOR_DIGEST = 1;

  public RetryPolicy {
    if (tries < 1) {
      throw new IllegalArgumentException("tries " + tries + ": expected 1 or more");
    }
    requireWithin("backoff", backoff, Duration.ZERO, backoffMax);
    requireWithin("backoffMax", backoffMax, Duration.ZERO, LONGEST);
    requireWithin("maxRetryAfter", maxRetryAfter, Duration.ZERO, LONGEST);
    requireWithin("wrongDigest", wrongDigest, Duration.ZERO, LONGEST);
  }

  /**
   * Says whether another attempt may follow.
   *
   * @param code why the last attempt failed
   * @param attemptsWithoutProgress how many attempts in a row have brought nothing, the last
   *     included, as {@link IdleAttempts} counts
   * @param startOvers how often this transfer has started over for this code; a source that changes
   *     faster than it can be fetched brings bytes in every attempt, so this is bounded by {@code
   *     tries} as well, and by one for {@code DIGEST_MISMATCH}
   */
  public boolean mayRetry(FailureCode code, int attemptsWithoutProgress, int startOvers) {
    if (!code.action().mayRetry() || attemptsWithoutProgress >= tries) {
      return false;
    }
    if (code.action() != FailureAction.START_OVER) {
      return true;
    }
    return startOvers < (code == FailureCode.DIGEST_MISMATCH ? START_OVERS_FOR_DIGEST : tries);
  }

  /** Says whether there are tries left after so many attempts in a row without progress. */
  public boolean hasTriesLeft(int attemptsWithoutProgress) {
    return attemptsWithoutProgress < tries;
  }

  /**
   * Says whether to go on asking a server when another would have to start over: for the first half
   * of the tries.
   */
  public boolean isWorthStaying(int attemptsWithoutProgress) {
    return attemptsWithoutProgress < tries / 2;
  }

  /**
   * Returns how long to wait before the next attempt: {@code backoff} doubled for each attempt
   * without progress after the first, at most {@code backoffMax}, of which one half is fixed and
   * the other random, so that many transfers do not come back at once. A server's own wish counts
   * when it is longer, up to {@code maxRetryAfter}.
   *
   * @param attemptsWithoutProgress as for {@link #mayRetry}; 0 and 1 give the base
   * @param retryAfter the server's wish, null without one
   */
  public Duration delay(
      int attemptsWithoutProgress, @Nullable Duration retryAfter, RandomGenerator random) {
    long whole = exponential(attemptsWithoutProgress).toNanos();
    long half = whole / 2;
    Duration own = Duration.ofNanos(whole - half + random.nextLong(half + 1));
    if (retryAfter == null) {
      return own;
    }
    Duration wish = retryAfter.compareTo(maxRetryAfter) > 0 ? maxRetryAfter : retryAfter;
    return wish.compareTo(own) > 0 ? wish : own;
  }

  private Duration exponential(int attempts) {
    Duration delay = backoff;
    for (int i = 1; i < attempts && !delay.isZero() && delay.compareTo(backoffMax) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(backoffMax) > 0 ? backoffMax : delay;
  }

  private static void requireWithin(String field, Duration value, Duration from, Duration to) {
    if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
      throw new IllegalArgumentException(field + " " + value + ": expected " + from + " to " + to);
    }
  }
}
