package dev.dromedary.app;

import dev.dromedary.provenance.Provenance;
import dev.dromedary.routing.OriginCatalog;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.source.OriginListReader;
import dev.dromedary.source.SourceDefaults;
import dev.dromedary.source.SourceListReader;
import dev.dromedary.source.Warnings;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import dev.dromedary.transfer.Schedule;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;

/** Reads what a run was asked to run with; changes nothing. */
final class ConfigurationReader {

  private ConfigurationReader() {}

  /**
   * Reads the settings.
   *
   * @throws ProblemsException when they cannot be used
   */
  static Settings settings(RunRequest request) {
    SettingsReader reader = new SettingsReader(request.home(), Version.current());
    Path file = request.configFile();
    return file == null
        ? reader.withoutFile(request.overrides())
        : reader.read(file, request.overrides());
  }

  /** Reads the settings as far as they can be used. */
  static SettingsReader.Reading reading(RunRequest request) {
    SettingsReader reader = new SettingsReader(request.home(), Version.current());
    return reader.readAll(request.configFile(), request.overrides());
  }

  /**
   * Reads the sources.
   *
   * @throws ProblemsException when the list cannot be used
   */
  static SourceCatalog catalog(RunRequest request, Settings settings) {
    return catalog(request, settings, warning -> {});
  }

  /** Reads the sources as {@link #catalog}; {@code warnings} is told what should not stay so. */
  static SourceCatalog catalog(RunRequest request, Settings settings, Consumer<Problem> warnings) {
    String suffix = settings.delivery().writesProvenance() ? Provenance.SUFFIX : null;
    if (request.sources() != null) {
      if (suffix != null) {
        SourceListReader.requireRoomForProvenance("sources", request.sources(), suffix);
      }
      return SourceCatalog.of(request.sources());
    }
    SourceDefaults defaults = SourceDefaults.of(new Schedule.Every(settings.poll().every()));
    SourceListReader reader =
        new SourceListReader(System::getenv, new Warnings(warnings, Clock.systemUTC()), suffix);
    Path list = settings.places().sources();
    try {
      return SourceCatalog.of(list, file -> reader.read(file, defaults));
    } catch (ProblemsException e) {
      throw SettingPlaces.refusal(request, SettingKey.SOURCES, list, e);
    }
  }

  /**
   * Reads the settings of hosts.
   *
   * @throws ProblemsException when they cannot be used
   */
  static OriginCatalog origins(RunRequest request, Settings settings) {
    return origins(request, settings, warning -> {});
  }

  /**
   * Reads them as {@link #origins}; {@code warnings} is told what should not stay so. They may be
   * absent where they are by default: a file of another name is one that somebody has written.
   */
  static OriginCatalog origins(RunRequest request, Settings settings, Consumer<Problem> warnings) {
    OriginListReader reader = new OriginListReader(System::getenv, warnings);
    Path list = settings.places().origins();
    boolean mayBeAbsent = list.toString().equals(SettingKey.ORIGINS.defaultAt(request.home()));
    try {
      return OriginCatalog.of(list, mayBeAbsent ? reader::readIfPresent : reader::read);
    } catch (ProblemsException e) {
      throw SettingPlaces.refusal(request, SettingKey.ORIGINS, list, e);
    }
  }
}
