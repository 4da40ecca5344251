package dev.dromedary.app;

import dev.dromedary.lint.RouteLint;
import dev.dromedary.origin.HostAccess;
import dev.dromedary.routing.OriginCatalog;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.source.OriginEntry;
import dev.dromedary.source.OriginList;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import dev.dromedary.transfer.TlsFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Validates configuration, source list, settings of hosts and routes. Fetches nothing and leaves
 * work directory and landing zone alone; what the routes need to be loaded lives in a temporary
 * directory meanwhile.
 */
public final class CheckRunner {

  private CheckRunner() {}

  /** Returns everything that is wrong; one part that is broken does not hide another. */
  public static CheckReport check(RunRequest request) {
    SettingsReader.Reading reading = ConfigurationReader.reading(request);
    List<Problem> problems = new ArrayList<>(reading.problems());
    Settings settings = reading.settings();
    if (problems.isEmpty()) {
      problems.addAll(Preflight.directories(request, settings));
      problems.addAll(Preflight.consoleFiles(request, settings));
    }
    SourceCatalog catalog = SourceCatalog.of(List.of());
    List<Problem> warnings = new ArrayList<>(UnreadKeys.warnings(request, settings));
    warnings.addAll(RouteFiles.of(settings, request.home()).othersBeside());
    OneFileSystem.warning(request, settings).ifPresent(warnings::add);
    MemoryNeed need = MemoryNeed.of(settings);
    need.refusal(request)
        .ifPresentOrElse(problems::add, () -> need.warning(request).ifPresent(warnings::add));
    try {
      catalog = ConfigurationReader.catalog(request, settings, warnings::add);
      HastySchedules.warning(request, settings, catalog.sources()).ifPresent(warnings::add);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
    }
    OriginCatalog origins = OriginCatalog.of(OriginList.NONE);
    try {
      origins = ConfigurationReader.origins(request, settings, warnings::add);
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
    }
    problems.addAll(unfitTls(origins.origins(), settings.places().origins()));
    RouteLint.Report routes = Preflight.routes(request, settings);
    problems.addAll(routes.problems());
    List<Problem> network = Preflight.network(request, settings);
    problems.addAll(network);
    if (routes.routes() > 0 && network.isEmpty()) {
      problems.addAll(dryRun(request, settings, catalog, origins, routes.problems()));
    }
    return new CheckReport(
        problems,
        settings.places().sources(),
        catalog.sources().size(),
        RouteFiles.of(settings, request.home()).directories(),
        routes.routes(),
        warnings);
  }

  /** A start does not read them: one host whose certificate is no use is to stop no other. */
  private static List<Problem> unfitTls(OriginList origins, Path file) {
    List<Problem> problems = new ArrayList<>();
    for (OriginEntry entry : origins.entries()) {
      if (!entry.tls().equals(TlsFiles.NONE)) {
        HostAccess.refusal(entry.tls())
            .map(why -> new Problem(file.toString(), 0, "host '" + entry.host() + "': " + why))
            .ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static List<Problem> dryRun(
      RunRequest request,
      Settings settings,
      SourceCatalog catalog,
      OriginCatalog origins,
      List<Problem> known) {
    Optional<Exception> refusal = DryRun.refusal(request, settings, catalog, origins);
    if (refusal.isEmpty()) {
      return List.of();
    }
    for (Throwable link = refusal.get(); link != null; link = link.getCause()) {
      if (link instanceof DromedaryException ours) {
        Problem problem = new Problem("configuration", 0, String.valueOf(ours.getMessage()));
        return List.of(SettingPlaces.moved(request, settings, problem));
      }
    }
    SystemShortage.behind(refusal.get())
        .ifPresent(
            shortage -> {
              throw shortage;
            });
    return RouteFailure.problems(refusal.get(), request, settings, known);
  }
}
