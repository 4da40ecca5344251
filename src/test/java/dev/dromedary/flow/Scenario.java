package dev.dromedary.flow;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One row of a scenario table: what the server does to a source, and what must come of it. A
 * builder; the row is complete when its table hands it out.
 *
 * <p>Unless it says otherwise: 300,000 bytes with a strong ETag, no failed attempt, one request,
 * nothing fetched twice, nothing left in staging.
 */
final class Scenario implements ScenarioTally.Row {

  static final int SIZE = 300_000;

  /** What must come of it. */
  enum Outcome {
    /** The bytes the server has at last. */
    LANDS,
    /** A dead letter; the version that landed before stays. */
    REFUSED
  }

  final String name;
  final GeneratedContent content;
  GeneratedContent fresh;
  UnaryOperator<Resource> served = resource -> resource;
  UnaryOperator<Entry> entry = source -> source;
  final List<Function<Stage, Fault>> script = new ArrayList<>();
  Function<Stage, Fault> afterwards = stage -> new Fault.None();

  Outcome outcome = Outcome.LANDS;
  boolean landsFresh;
  final List<Set<FailureCode>> failures = new ArrayList<>();
  @Nullable FailureCode tolerated;
  int fewestRequests = 1;
  int mostRequests = 1;
  long leastRefetched;
  long mostRefetched;
  long keptBytes;
  boolean keepsRejected;
  Duration pause = Duration.ZERO;

  private Scenario(String name, int size) {
    this.name = name;
    this.content = new GeneratedContent(name.hashCode(), size);
    this.fresh = new GeneratedContent(name.hashCode() + (1L << 40), size);
  }

  static Scenario of(String name) {
    return new Scenario(name, SIZE);
  }

  static Scenario of(String name, int size) {
    return new Scenario(name, size);
  }

  /** Returns the SHA-256 of what the server has at first as the list would give it. */
  Scenario withDigest() {
    return entry(source -> source.withDigestOf(content));
  }

  Scenario entry(String key, String value) {
    return entry(source -> source.with(key, value));
  }

  Scenario entry(UnaryOperator<Entry> change) {
    UnaryOperator<Entry> before = entry;
    entry = source -> change.apply(before.apply(source));
    return this;
  }

  Scenario served(UnaryOperator<Resource> change) {
    served = change;
    return this;
  }

  /** Scripts the next requests, one each. */
  Scenario first(Fault... faults) {
    Arrays.stream(faults).forEach(fault -> script.add(stage -> fault));
    return this;
  }

  /** Scripts the next request by a fault that needs to know the stage. */
  Scenario first(Function<Stage, Fault> fault) {
    script.add(fault);
    return this;
  }

  /** Scripts every request after the first ones. */
  Scenario always(Fault fault) {
    return always(stage -> fault);
  }

  Scenario always(Function<Stage, Fault> fault) {
    afterwards = fault;
    return this;
  }

  /** Expects failed attempts, one for each code. */
  Scenario after(FailureCode... codes) {
    Arrays.stream(codes).forEach(code -> failures.add(EnumSet.of(code)));
    return this;
  }

  /** Expects any number of failed attempts, where it depends on connections kept alive. */
  Scenario afterAny(FailureCode code) {
    tolerated = code;
    return this;
  }

  /** Expects that connections others have spoiled cost at most requests. */
  Scenario among() {
    return afterAny(FailureCode.CONNECTION_LOST).requests(1, 4);
  }

  /** Expects a failed attempt with one of some codes, where the network decides which. */
  Scenario afterOneOf(FailureCode first, FailureCode... others) {
    failures.add(EnumSet.of(first, others));
    return this;
  }

  /** Expects the bytes of the version that came later. */
  Scenario landsFresh() {
    landsFresh = true;
    return this;
  }

  /** Expects a dead letter at the first attempt. */
  Scenario refused(FailureCode code) {
    return refused(code, 1);
  }

  /**
   * Expects a dead letter after so many attempts, each with the code; a request that met a stale
   * connection may be seen twice.
   */
  Scenario refused(FailureCode code, int attempts) {
    outcome = Outcome.REFUSED;
    for (int i = 0; i < attempts; i++) {
      after(code);
    }
    int repeated = attempts == 1 ? 0 : 2;
    return requests(attempts, Math.max(attempts + repeated, mostRequests));
  }

  Scenario requests(int count) {
    return requests(count, count);
  }

  Scenario requests(int fewest, int most) {
    fewestRequests = fewest;
    mostRequests = most;
    return this;
  }

  /** Expects so many bytes more over the network than the file has, or were kept. */
  Scenario refetched(long bytes) {
    return refetched(bytes, bytes);
  }

  Scenario refetched(long least, long most) {
    leastRefetched = least;
    mostRefetched = most;
    return this;
  }

  /** Expects a part file with so many bytes for a replay. */
  Scenario keeps(long bytes) {
    keptBytes = bytes;
    return this;
  }

  /** Expects the bytes that did not match to be kept aside. */
  Scenario keepsRejected() {
    keepsRejected = true;
    return this;
  }

  /** Expects at least so much time between the first two requests. */
  Scenario pauses(Duration atLeast) {
    pause = atLeast;
    return this;
  }

  @Override
  public boolean mustLand() {
    return outcome == Outcome.LANDS;
  }

  /** Returns the version that came later, with another length. */
  GeneratedContent resized(int more) {
    return new GeneratedContent(name.hashCode() + (1L << 40), content.lengthBytes() + more);
  }

  /** Expects the bytes of the version that came later with another length. */
  Scenario landsGrown(int more) {
    fresh = resized(more);
    return landsFresh();
  }

  /** Expects a part file of whatever came of one version. */
  Scenario keptAsItIs() {
    keptBytes = -1;
    return this;
  }

  /** Expects to land although bytes that did not match before are kept aside. */
  Scenario leavesRejected() {
    keepsRejected = true;
    return this;
  }

  /** Returns what must be in the landing zone afterwards, given it lands. */
  Content landed() {
    return landsFresh ? fresh : content;
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * Where a row is played.
   *
   * @param origin the server of the source
   * @param elsewhere another one
   * @param path where the source is asked
   * @param row the row
   */
  record Stage(ScriptedOrigin origin, ScriptedOrigin elsewhere, String path, Scenario row) {

    /** Returns what is served at first. */
    Resource before() {
      return row.served.apply(Resource.of(path, row.content));
    }

    /** Returns what is served later on, where the row changes it. */
    Resource later() {
      return row.served.apply(Resource.of(path, row.fresh));
    }

    /** Returns another path of the origin, and serves the file there. */
    String servedAt(String suffix) {
      origin.put(Resource.of(path + suffix, row.content));
      return path + suffix;
    }

    /** Serves the file on the other server and returns its URL there. */
    String servedElsewhere(String suffix) {
      elsewhere.put(Resource.of(path + suffix, row.content));
      return elsewhere.uri(path + suffix).toString();
    }
  }
}
