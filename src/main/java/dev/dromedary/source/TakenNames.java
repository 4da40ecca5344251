package dev.dromedary.source;

import java.util.HashMap;
import java.util.Map;

/** The ids and targets a list has given away so far. Not thread-safe. */
final class TakenNames {

  private record Claim(int line, String target) {}

  private final Problems problems;
  private final String remedy;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Claim> files = new HashMap<>();
  private final Map<String, Claim> directories = new HashMap<>();

  /**
   * @param remedy what a user does about two sources with one target
   */
  TakenNames(Problems problems, String remedy) {
    this.problems = problems;
    this.remedy = remedy;
  }

  /** Notes an id; a problem when another line has it. */
  void claimId(String id, int line) {
    Integer other = ids.putIfAbsent(id, line);
    if (other != null) {
      problems.add(
          line, "id " + Quoted.of(id) + ": expected a unique id, line " + other + " has it too");
    }
  }

  /** Notes a target and says whether it was free; a problem when it collides with another line. */
  boolean claimTarget(String target, int line) {
    Claim claim = new Claim(line, target);
    String key = TargetName.key(target);
    Claim same = files.putIfAbsent(key, claim);
    if (same != null) {
      String how = same.target().equals(target) ? "has it too" : "has " + Quoted.of(same.target());
      return refuse(claim, "line " + same.line() + " " + how);
    }
    Claim below = directories.get(key);
    if (below != null) {
      return refuse(claim, "line " + below.line() + " needs it as a directory");
    }
    for (int i = key.indexOf('/'); i >= 0; i = key.indexOf('/', i + 1)) {
      Claim above = files.get(key.substring(0, i));
      if (above != null) {
        String file = Quoted.of(above.target());
        return refuse(claim, "line " + above.line() + " has the file " + file);
      }
      directories.putIfAbsent(key.substring(0, i), claim);
    }
    return true;
  }

  private boolean refuse(Claim claim, String why) {
    problems.add(
        claim.line(),
        "target "
            + Quoted.of(claim.target())
            + ": expected a target of its own, "
            + why
            + "; "
            + remedy);
    return false;
  }
}
