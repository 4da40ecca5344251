package dev.dromedary.source;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids and targets a list has given away so far. Not thread-safe. */
final class TakenNames {

  /** A name that is taken for a target: the target itself, or what is told of it beside it. */
  private record Claim(int line, String target, String name) {

    boolean isBeside() {
      return !name.equals(target);
    }

    /** Where no line tells it from others, its target does. */
    String who() {
      return line > 0 ? "line " + line : "the source of " + Quoted.of(target);
    }
  }

  private final Problems problems;
  private final String remedy;
  private final @Nullable String provenanceSuffix;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Claim> files = new HashMap<>();
  private final Map<String, Claim> directories = new HashMap<>();

  /**
   * @param remedy what a user does about two sources with one target
   * @param provenanceSuffix what follows a target in the name of its provenance; null where none is
   *     written
   */
  TakenNames(Problems problems, String remedy, @Nullable String provenanceSuffix) {
    this.problems = problems;
    this.remedy = remedy;
    this.provenanceSuffix = provenanceSuffix;
  }

  /** Notes an id; a problem when another line has it. */
  void claimId(String id, int line) {
    Integer other = ids.putIfAbsent(id, line);
    if (other != null) {
      problems.add(
          line, "id " + Quoted.of(id) + ": expected a unique id, line " + other + " has it too");
    }
  }

  /**
   * Notes a target with the name of its provenance, and says whether both were free; a problem when
   * one collides with another line, or the provenance has no room for its name.
   *
   * @param line 0 where there is none
   */
  boolean claimTarget(String target, int line) {
    if (!claim(new Claim(line, target, target))) {
      return false;
    }
    if (provenanceSuffix == null) {
      return true;
    }
    try {
      TargetName.requireRoom(target, provenanceSuffix);
    } catch (IllegalArgumentException e) {
      problems.add(line, String.valueOf(e.getMessage()));
      return false;
    }
    return claim(new Claim(line, target, target + provenanceSuffix));
  }

  private boolean claim(Claim claim) {
    String key = TargetName.key(claim.name());
    Claim same = files.putIfAbsent(key, claim);
    if (same != null) {
      return refuse(claim, same.who() + " " + how(claim, same));
    }
    Claim below = directories.get(key);
    if (below != null) {
      return refuse(claim, below.who() + " needs it as a directory");
    }
    for (int i = key.indexOf('/'); i >= 0; i = key.indexOf('/', i + 1)) {
      Claim above = files.get(key.substring(0, i));
      if (above != null) {
        return refuse(claim, above.who() + " has the file " + Quoted.of(above.name()));
      }
      directories.putIfAbsent(key.substring(0, i), claim);
    }
    return true;
  }

  private static String how(Claim claim, Claim same) {
    if (same.isBeside()) {
      return "has it for its provenance (landed.provenance=yes)";
    }
    return same.name().equals(claim.name()) ? "has it too" : "has " + Quoted.of(same.name());
  }

  private boolean refuse(Claim claim, String why) {
    String expected =
        claim.isBeside()
            ? "expected "
                + Quoted.of(claim.name())
                + " free for its provenance (landed.provenance=yes), "
            : "expected a target of its own, ";
    problems.add(
        claim.line(),
        "target " + Quoted.of(claim.target()) + ": " + expected + why + "; " + remedy);
    return false;
  }
}
