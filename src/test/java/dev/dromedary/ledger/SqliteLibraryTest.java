package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {

  @Test
  void isUnpackedOnceAndNothingElseIsLeft(@TempDir Path directory) throws IOException {
    Path copy = SqliteLibrary.keptIn(directory);
    assertThat(copy).isRegularFile();
    assertThat(Files.size(copy)).isGreaterThan(500_000);
    FileTime then = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(copy, then);

    assertThat(SqliteLibrary.keptIn(directory)).isEqualTo(copy);

    assertThat(Files.getLastModifiedTime(copy)).isEqualTo(then);
    assertThat(files(directory)).containsExactly(copy);
  }

  @Test
  void leavesNothingWhereItCannotBeKept(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("no-directory"));
    assertThatIOException().isThrownBy(() -> SqliteLibrary.keptIn(file));
    assertThat(files(directory)).containsExactly(file);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.toList();
    }
  }
}
