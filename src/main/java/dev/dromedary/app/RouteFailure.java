package dev.dromedary.app;

import dev.dromedary.lint.KeyLint;
import dev.dromedary.lint.Refusal;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.PropertyBindingException;

/** Turns what Camel throws at the start into lines for a user. */
final class RouteFailure {

  private RouteFailure() {}

  /**
   * Returns what was known before with what Camel refused; without the first, our own exception if
   * there is one in the chain.
   */
  static DromedaryException of(
      Throwable thrown, RunRequest request, Settings settings, List<Problem> known) {
    Optional<DromedaryException> own = own(thrown, request, settings);
    if (own.isPresent()) {
      return known.isEmpty() ? own.get() : new ProblemsException(FailureCode.ROUTES, known);
    }
    boolean isKey = known.isEmpty() && CamelKeys.problem(thrown, request).isPresent();
    List<Problem> all = new ArrayList<>(known);
    all.addAll(problems(thrown, request, settings, known));
    ProblemsException refused =
        new ProblemsException(isKey ? FailureCode.CONFIGURATION : FailureCode.ROUTES, all);
    refused.addSuppressed(thrown);
    return refused;
  }

  private static Optional<DromedaryException> own(
      Throwable thrown, RunRequest request, Settings settings) {
    for (Throwable link = thrown; link != null && link != link.getCause(); link = link.getCause()) {
      if (link instanceof DromedaryException ours) {
        return Optional.of(placed(ours, request, settings));
      }
    }
    return SystemShortage.behind(thrown);
  }

  /** What a setting names and cannot be used is told where the setting stands. */
  private static DromedaryException placed(
      DromedaryException ours, RunRequest request, Settings settings) {
    if (ours.code() != FailureCode.CONFIGURATION || ours instanceof ProblemsException) {
      return ours;
    }
    Problem found = new Problem("configuration", 0, String.valueOf(ours.getMessage()));
    Problem moved = SettingPlaces.moved(request, settings, found);
    if (moved.equals(found)) {
      return ours;
    }
    ProblemsException placed = new ProblemsException(FailureCode.CONFIGURATION, List.of(moved));
    placed.addSuppressed(ours);
    return placed;
  }

  /** Returns the problems behind a refusal that were not known before, each once. */
  static List<Problem> problems(
      Throwable thrown, RunRequest request, Settings settings, List<Problem> known) {
    Optional<Problem> key = CamelKeys.problem(thrown, request);
    if (key.isPresent()) {
      return List.of(key.get());
    }
    List<Path> files = RouteFiles.of(settings, request.home()).list(new ArrayList<>());
    List<Problem> problems = new ArrayList<>(KeyLint.judge(files));
    problems.removeIf(
        problem ->
            known.stream()
                .anyMatch(k -> k.file().equals(problem.file()) && k.line() == problem.line()));
    Problem told = Refusal.problem(thrown, files, "routes", ComponentOptions::of);
    Problem refusal =
        SettingPlaces.ofEndpoint(settings, thrown)
            .map(at -> SettingPlaces.problem(request, at, at.key() + ": " + said(told, thrown)))
            .orElseGet(() -> SettingPlaces.moved(request, settings, told));
    List<Problem> all = new ArrayList<>(known);
    all.addAll(problems);
    if (all.stream().noneMatch(other -> Refusal.isNamedBy(refusal, other))) {
      problems.add(refusal);
    }
    return problems;
  }

  /** What does not name the option that it is about, as Camel's words for a value, is given it. */
  private static String said(Problem told, Throwable thrown) {
    String message = told.message();
    for (Throwable link = thrown; link != null; link = link.getCause()) {
      if (link instanceof PropertyBindingException refused && !message.startsWith("option '")) {
        return "option '" + refused.getPropertyName() + "': " + message;
      }
    }
    return message;
  }
}
