package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PartPathsTest {

  private final PartPaths paths = new PartPaths(Path.of("staging"));

  @Test
  void namesFilesReadably() {
    assertThat(paths.partFile("genome/chr 1"))
        .isEqualTo(Path.of("staging", "genome_chr_1-094aa648.part"));
    assertThat(paths.journal("genome/chr 1"))
        .isEqualTo(Path.of("staging", "genome_chr_1-094aa648.part.journal"));
    assertThat(paths.setAside("genome/chr 1"))
        .isEqualTo(Path.of("staging", "genome_chr_1-094aa648.part.rejected"));
  }

  @Test
  void tellsIdsApart_whereverTheirSlugsAreEqual() {
    assertThat(paths.partFile("a/b")).isNotEqualTo(paths.partFile("a_b"));
    assertThat(paths.partFile("A").toString()).isNotEqualToIgnoringCase(paths.partFile("a") + "");
  }

  @Test
  void tellsIdsApartByMuch_whereTheirSlugsAreNotTheWholeId() {
    String folder = "sensors/" + "europe/".repeat(11);
    for (String id : List.of(folder + "1.csv", "données-1")) {
      assertThat(paths.partFile(id).toString()).matches(".*-[0-9a-f]{32}\\.part");
    }
    assertThat(paths.partFile("a.csv").toString()).matches("staging/a\\.csv-[0-9a-f]{8}\\.part");
  }

  @Property(tries = 200)
  void neverLeavesTheStagingDirectory(@ForAll String id) {
    Path file = paths.partFile(id);
    assertThat(file.normalize()).isEqualTo(file);
    assertThat(file.getParent()).isEqualTo(Path.of("staging"));
    assertThat(file.getFileName().toString()).hasSizeLessThan(120).matches("[^.][A-Za-z0-9._-]*");
  }
}
