package dev.dromedary.routing;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.UtcTime;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a host rest that has failed for several sources in a row, so that they wait together instead
 * of each hammering it; when the rest is over, the first that asks probes it for all. Each rest is
 * twice as long as the one before, until the host answers. A source counts once however often it
 * fails, so that one bad URL does not stop its host.
 *
 * <p>Thread-safe.
 */
public final class HostBreakers {

  private static final Logger LOG = LoggerFactory.getLogger(HostBreakers.class);

  /** So many hosts are remembered; beyond, the one not asked for longest is forgotten. */
  private static final int HOSTS = 10_000;

  /** A rest is timed here, by a clock that nobody sets. */
  private static final Duration UNTIL_TOLD = Duration.ofDays(36_500);

  private static final Set<FailureCode> HOST_FAILURES =
      EnumSet.of(
          FailureCode.CONNECT_FAILED,
          FailureCode.CONNECT_TIMEOUT,
          FailureCode.NAME_NOT_RESOLVED,
          FailureCode.TLS_FAILED,
          FailureCode.CONNECTION_LOST,
          FailureCode.FIRST_BYTE_TIMEOUT,
          FailureCode.STALLED,
          FailureCode.MALFORMED_RESPONSE,
          FailureCode.TOO_MANY_REQUESTS,
          FailureCode.SERVER_ERROR,
          FailureCode.SERVICE_UNAVAILABLE);

  private final int sources;
  private final Duration rest;
  private final IntervalFunction rests;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final Map<String, Host> hosts = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates breakers that are all closed.
   *
   * @param sources so many sources in a row must fail, 0 for no breaker at all
   * @param rest how long the first rest is, more than zero
   * @param longestRest what the rests grow to
   * @param clock tells until when a host rests
   * @param nanoClock times the rests, like {@link System#nanoTime()}
   */
  public HostBreakers(
      int sources, Duration rest, Duration longestRest, Clock clock, LongSupplier nanoClock) {
    this.sources = sources;
    this.rest = rest;
    Duration longest = longestRest.compareTo(rest) < 0 ? rest : longestRest;
    this.rests = IntervalFunction.ofExponentialBackoff(rest, 2.0, longest);
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /** Says whether such a failure is the host's, and not that of one source or of ours. */
  static boolean speaksAgainst(FailureCode code) {
    return HOST_FAILURES.contains(code);
  }

  /**
   * Lets an attempt at a host begin; {@link #abandoned} must follow at last, whatever else does.
   *
   * @param transferId whose attempt it is
   * @throws DromedaryException {@link FailureCode#HOST_RESTING} with the time to wait when the host
   *     rests or is being probed
   */
  synchronized void begin(String host, String transferId) {
    Host known = hosts.get(host);
    if (known == null) {
      return;
    }
    if (known.isRestOver()) {
      known.breaker.transitionToHalfOpenState();
    }
    if (known.breaker.tryAcquirePermission()) {
      known.probe = known.breaker.getState() == State.HALF_OPEN ? transferId : null;
      return;
    }
    Duration wait = left(host);
    throw new DromedaryException(
        FailureCode.HOST_RESTING,
        host
            + ": failed for "
            + sources
            + " sources in a row, is asked again at "
            + clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS),
        null,
        wait);
  }

  /**
   * Notes that a host answered, whatever it said.
   *
   * @return whether it rested, so that those that wait for it may go on
   */
  synchronized boolean answered(String host) {
    Host known = hosts.remove(host);
    boolean rested = known != null && known.breaker.getState() != State.CLOSED;
    if (rested) {
      LOG.info("host={} msg=\"answers again, its sources go on\"", host);
    }
    return rested;
  }

  /** Notes that a host did not answer, or that it cannot serve at present. */
  synchronized void failed(String host, String sourceId) {
    if (sources == 0) {
      return;
    }
    Host known = hosts.computeIfAbsent(host, name -> new Host());
    State before = known.breaker.getState();
    known.probe = null;
    if (known.failing.add(sourceId) || before == State.HALF_OPEN) {
      known.breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("failed"));
    }
    if (before != State.OPEN && known.breaker.getState() == State.OPEN) {
      known.rests++;
      Duration wait = Duration.ofMillis(rests.apply(known.rests));
      known.endNanos = nanoClock.getAsLong() + wait.toNanos();
      known.until = clock.instant().plus(wait);
      LOG.warn(
          "host={} msg=\"{}\" sourceCount={} restCount={} until={}",
          host,
          known.rests == 1 ? "failed for several sources, rests" : "still fails, rests again",
          known.failing.size(),
          known.rests,
          UtcTime.format(known.until));
    }
    if (hosts.size() > HOSTS) {
      hosts.remove(hosts.keySet().iterator().next());
    }
  }

  /** Notes that an attempt is over; when it was to probe the host and did not, another one will. */
  synchronized void abandoned(String host, String transferId) {
    Host known = hosts.get(host);
    if (known != null && transferId.equals(known.probe)) {
      known.probe = null;
      known.breaker.releasePermission();
    }
  }

  /** Says whether somebody asks a host that rested just now, for all that wait for it. */
  synchronized boolean isBeingProbed(String host) {
    Host known = hosts.get(host);
    return known != null && known.probe != null;
  }

  /** Says whether the rest of a host is over, so that whoever asks it now asks for all. */
  synchronized boolean awaitsProbe(String host) {
    Host known = hosts.get(host);
    return known != null && known.awaitsProbe();
  }

  /** Says whether a host rests, or is being probed. */
  synchronized boolean isResting(String host) {
    Host known = hosts.get(host);
    return known != null && known.breaker.getState() != State.CLOSED && !known.awaitsProbe();
  }

  /** Returns how long a host rests still; as long as a first rest while another probes it. */
  synchronized Duration left(String host) {
    Host known = hosts.get(host);
    if (known == null || !isResting(host)) {
      return Duration.ZERO;
    }
    return known.probe == null ? Duration.ofNanos(Math.max(1, known.leftNanos())) : rest;
  }

  /** Ends the rest of a host, as if it had had none; whoever asks it next asks for all. */
  synchronized void endRest(String host) {
    Host known = hosts.get(host);
    if (known != null && known.breaker.getState() == State.OPEN) {
      known.breaker.transitionToHalfOpenState();
      known.rests--;
    }
  }

  /** Returns how many rests a host has had since it answered last. */
  synchronized int rests(String host) {
    Host known = hosts.get(host);
    return known == null ? 0 : known.rests;
  }

  /** Returns when each host that rests is asked again, by the clock as it was when it began to. */
  public synchronized Map<String, Instant> resting() {
    Map<String, Instant> resting = new LinkedHashMap<>();
    hosts.forEach(
        (name, host) -> {
          if (host.breaker.getState() == State.OPEN && !host.isRestOver()) {
            resting.put(name, host.until);
          }
        });
    return resting;
  }

  /** One host that has failed since it answered last. */
  private final class Host {
    private final Set<String> failing = new HashSet<>();
    private final CircuitBreaker breaker =
        CircuitBreaker.of(
            "host",
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(sources)
                .minimumNumberOfCalls(sources)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitDurationInOpenState(UNTIL_TOLD)
                .build());
    private long endNanos;
    private Instant until = Instant.MIN;
    private int rests;
    private @Nullable String probe;

    private long leftNanos() {
      return endNanos - nanoClock.getAsLong();
    }

    private boolean isRestOver() {
      return breaker.getState() == State.OPEN && leftNanos() <= 0;
    }

    private boolean awaitsProbe() {
      return probe == null && (breaker.getState() == State.HALF_OPEN || isRestOver());
    }
  }
}
