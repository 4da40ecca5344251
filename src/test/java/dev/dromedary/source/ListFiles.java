package dev.dromedary.source;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import dev.dromedary.transfer.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Writes source lists and reads them back. */
final class ListFiles {

  static final SourceDefaults DEFAULTS = SourceDefaults.of(new Schedule.Every(Duration.ofHours(1)));
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "TOKEN",
          "s3cret",
          "BROKEN",
          "two\r\nX-Evil: lines",
          "NESTED",
          "{{env:TOKEN}}",
          "EMPTY",
          " ");

  private ListFiles() {}

  static SourceList read(Path directory, String name, String text) throws IOException {
    return read(Files.writeString(directory.resolve(name), text));
  }

  static SourceList read(Path file) {
    return new SourceListReader(ENVIRONMENT::get).read(file, DEFAULTS);
  }

  /** Reads a list that must have problems and returns them as {@code line: message}. */
  static List<String> problems(Path file) {
    ProblemsException thrown =
        Assertions.catchThrowableOfType(ProblemsException.class, () -> read(file));
    Assertions.assertThat(thrown).as("problems of " + file.getFileName()).isNotNull();
    Assertions.assertThat(thrown.code()).isEqualTo(FailureCode.SOURCE_LIST);
    Assertions.assertThat(thrown.problems())
        .extracting(Problem::file)
        .containsOnly(file.toString());
    return thrown.problems().stream().map(p -> p.line() + ": " + p.message()).toList();
  }

  static List<String> problems(Path directory, String name, String text) throws IOException {
    return problems(Files.writeString(directory.resolve(name), text));
  }
}
