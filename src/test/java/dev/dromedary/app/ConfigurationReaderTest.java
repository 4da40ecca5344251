package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.routing.OriginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files that are removed while a service runs. */
class ConfigurationReaderTest {

  @Test
  void settingsOfHostsStay_whereTheFileThatIsNamedIsRemoved(@TempDir Path directory)
      throws IOException {
    HomeFixture home = new HomeFixture(directory.resolve("home"));
    home.edit("config/application.properties", "origins=config/origins", "origins=config/mine");
    Path file = home.path().resolve("config/mine.yaml");
    Files.writeString(file, "origins: [{host: h, connections: 1}]\n");
    Settings settings = ConfigurationReader.settings(home.request());
    OriginCatalog origins = ConfigurationReader.origins(home.request(), settings);

    Files.delete(file);
    origins.refresh();

    assertThat(origins.origins().entries()).hasSize(1);
    assertThat(origins.refusal()).hasValue(file + ": expected a readable file, found none");
  }
}
