package dev.dromedary.app;

import dev.dromedary.transfer.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param mode how long
 * @param home the directory that holds {@code routes/} and {@code config/}
 * @param configFile the properties file, or none
 * @param overrides {@code dromedary.*} keys that win over the file
 * @param sources the sources, or none to read the list file
 */
public record RunRequest(
    RunMode mode,
    Path home,
    @Nullable Path configFile,
    Map<String, String> overrides,
    @Nullable List<Source> sources) {

  public RunRequest {
    overrides = Map.copyOf(overrides);
    sources = sources == null ? null : List.copyOf(sources);
  }
}
