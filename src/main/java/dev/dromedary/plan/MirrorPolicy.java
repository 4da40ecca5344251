package dev.dromedary.plan;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides from which of several URLs of the same bytes the parts of an attempt are fetched. The
 * first has all connections until it is known how fast it is. As long as much is left, each other
 * URL is then tried with one connection, and what one connection brings is compared: of the
 * connections of a URL that is clearly slower than another, half move over, and half again. So they
 * end where all are about as fast, which may be at several URLs at once.
 *
 * <p>What comes in the first half of a stay does not count: a connection needs time to become fast.
 * A stay is twice as long after connections came back, so that they do not wander to and fro. Not
 * thread-safe.
 */
public final class MirrorPolicy {

  private static final double CLEARLY_SLOWER = 0.7;
  private static final Duration STAY = Duration.ofSeconds(4);

  /** A move is worth its cost only when what is left takes longer than this at the present rate. */
  private static final Duration WORTHWHILE = Duration.ofSeconds(20);

  private static final double UNMEASURED = -1;

  private final double[] perConnection;
  private final boolean[] isTried;
  private final Comparator<Integer> slowerFirst;
  private final double[] share;
  private Duration half = STAY.dividedBy(2);
  private Duration settledAt = half;
  private List<Use> before = List.of();
  private Duration beforeAt = Duration.ZERO;
  private boolean isTrying;
  private int lastFrom = -1;
  private int lastTo = -1;

  /**
   * One URL as an attempt has used it by now.
   *
   * @param isUsable whether parts may be asked of it
   * @param connections how many fetch from it, 0 or more
   * @param grantable how many more its host would grant, 0 or more
   * @param bytes received from it in this attempt
   * @param busy how long its connections were busy, all together
   */
  public record Use(boolean isUsable, int connections, int grantable, long bytes, Duration busy) {}

  /** So many connections, 1 or more, leave one URL for another. */
  public record Move(int from, int to, int connections) {}

  /**
   * Creates the policy of an attempt.
   *
   * @param mirrors how many URLs there are, 1 or more
   * @param first the one it begins with, from 0
   */
  public MirrorPolicy(int mirrors, int first) {
    perConnection = new double[mirrors];
    Arrays.fill(perConnection, UNMEASURED);
    isTried = new boolean[mirrors];
    isTried[first] = true;
    slowerFirst = Comparator.comparingDouble(i -> perConnection[i]);
    share = new double[mirrors];
    share[first] = 1;
  }

  /**
   * Takes a sample; samples come in the order of time.
   *
   * @param elapsed since the attempt's first answer
   * @param uses every URL, in their order
   * @param missingBytes what is left of the file
   * @return what moves now; empty when nothing does
   */
  public Optional<Move> onSample(Duration elapsed, List<Use> uses, long missingBytes) {
    if (elapsed.compareTo(settledAt) < 0) {
      return Optional.empty();
    }
    if (before.isEmpty()) {
      compareFrom(elapsed, uses);
      return Optional.empty();
    }
    if (elapsed.compareTo(beforeAt.plus(half)) < 0) {
      return Optional.empty();
    }
    double rate = measure(elapsed, uses);
    compareFrom(elapsed, uses);
    isTrying = false;
    return missingBytes < rate * seconds(WORTHWHILE) ? Optional.empty() : move(elapsed, uses);
  }

  /**
   * Returns whom to ask for the next part, best first: those that may be asked, by how many
   * connections they lack; a slower one where a faster has none to give. One that has never been
   * tried comes only after a {@link Move}, or when no other may be asked.
   */
  public List<Integer> order(List<Use> uses) {
    double shares = usable(uses).mapToDouble(i -> share[i]).sum();
    if (shares == 0) {
      return usable(uses).boxed().sorted(slowerFirst.reversed()).toList();
    }
    int next = uses.stream().mapToInt(Use::connections).sum() + 1;
    Comparator<Integer> mostLackingFirst =
        Comparator.comparingDouble(i -> uses.get(i).connections() - share[i] / shares * next);
    return usable(uses)
        .filter(i -> isTried[i])
        .boxed()
        .sorted(mostLackingFirst.thenComparing(slowerFirst.reversed()))
        .toList();
  }

  /**
   * Is told that one failed whose connections are gone: all it had is another's, one that has not
   * been tried first.
   */
  public void failed(int mirror, List<Use> uses) {
    untried(mirror, uses)
        .or(() -> usable(uses).filter(i -> i != mirror).boxed().max(slowerFirst))
        .ifPresent(next -> give(mirror, next, share[mirror]));
  }

  /** Says whether a move has not been measured yet: the whole then says nothing of its parts. */
  public boolean isTrying() {
    return isTrying;
  }

  /** Says whether there is a URL that may be tried and has not been yet. */
  public boolean hasUntried(List<Use> uses) {
    return untried(0, uses).isPresent();
  }

  private void compareFrom(Duration elapsed, List<Use> uses) {
    before = List.copyOf(uses);
    beforeAt = elapsed;
  }

  /** Notes what one connection of each brought since, and returns what all did a second. */
  private double measure(Duration elapsed, List<Use> uses) {
    long total = 0;
    for (int i = 0; i < uses.size(); i++) {
      long bytes = uses.get(i).bytes() - before.get(i).bytes();
      Duration busy = uses.get(i).busy().minus(before.get(i).busy());
      if (busy.compareTo(half.dividedBy(2)) >= 0) {
        perConnection[i] = bytes / seconds(busy);
      }
      total += bytes;
    }
    return total / seconds(elapsed.minus(beforeAt));
  }

  private Optional<Move> move(Duration elapsed, List<Use> uses) {
    Optional<Integer> slowest =
        IntStream.range(0, share.length)
            .filter(i -> uses.get(i).connections() > 0 && perConnection[i] != UNMEASURED)
            .boxed()
            .min(slowerFirst);
    if (slowest.isEmpty()) {
      return Optional.empty();
    }
    int from = slowest.get();
    int connections = uses.get(from).connections();
    Optional<Integer> untried = untried(from, uses);
    if (untried.isPresent() && share[from] > 0) {
      return Optional.of(moved(elapsed, uses, new Move(from, untried.get(), 1)));
    }
    int best = usable(uses).boxed().max(slowerFirst).orElse(from);
    int moving = Math.min((connections + 1) / 2, uses.get(best).grantable());
    return moving > 0 && perConnection[from] < CLEARLY_SLOWER * perConnection[best]
        ? Optional.of(moved(elapsed, uses, new Move(from, best, moving)))
        : Optional.empty();
  }

  private Move moved(Duration elapsed, List<Use> uses, Move move) {
    if (move.from() == lastTo && move.to() == lastFrom) {
      half = half.multipliedBy(2);
    }
    lastFrom = move.from();
    lastTo = move.to();
    isTrying = true;
    settledAt = elapsed.plus(half);
    int all = uses.stream().mapToInt(Use::connections).sum();
    boolean isLast = move.connections() == uses.get(move.from()).connections();
    double part =
        isLast ? share[move.from()] : Math.min(share[move.from()], 1.0 * move.connections() / all);
    give(move.from(), move.to(), part);
    return move;
  }

  private void give(int from, int to, double part) {
    share[from] -= part;
    share[to] += part;
    isTried[to] = true;
    before = List.of();
  }

  /** Returns the next after one that may be asked and has not been yet. */
  private Optional<Integer> untried(int after, List<Use> uses) {
    return IntStream.rangeClosed(1, share.length)
        .map(i -> (after + i) % share.length)
        .filter(i -> uses.get(i).isUsable() && uses.get(i).grantable() > 0 && !isTried[i])
        .boxed()
        .findFirst();
  }

  private static IntStream usable(List<Use> uses) {
    return IntStream.range(0, uses.size()).filter(i -> uses.get(i).isUsable());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
