package dev.dromedary.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a system answers is told in words, without the package of a class. */
class FoundTest {

  @ParameterizedTest
  @MethodSource("answers")
  void answerIsWhatWasFound(IOException answer, String reading, String writing) {
    assertThat(Found.reading(answer)).isEqualTo(reading);
    assertThat(Found.writing(answer)).isEqualTo(writing);
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("/a"), "none", "that the system makes none at /a"),
        Arguments.of(
            new AccessDeniedException("/a"),
            "no permission to read it",
            "no permission to write at /a"),
        both(new IOException("Is a directory"), "a directory"),
        both(new FileSystemException("/a", null, "Is a directory"), "a directory"),
        both(
            new FileSystemException("/a", null, "Read-only file system"),
            "the system's answer 'Read-only file system'"),
        both(new FileAlreadyExistsException("/a"), "FileAlreadyExistsException: /a"),
        both(new MalformedInputException(1), "other bytes"),
        both(new IOException("broken"), "IOException: broken"));
  }

  private static Arguments both(IOException answer, String words) {
    return Arguments.of(answer, words, words);
  }
}
