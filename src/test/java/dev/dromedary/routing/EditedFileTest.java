package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A file that is edited counts as it could be read last. */
class EditedFileTest {

  private static final EditedFile.Words<String> WORDS =
      new EditedFile.Words<>("file={} letters={}", "code={} problems=\"{}\"", String::length);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  private Path file = Path.of("");
  private int reads;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("file"), "first\n");
  }

  private String read(Path path) {
    reads++;
    try {
      String text = Files.readString(path).strip();
      if (text.startsWith("bug")) {
        throw new IllegalStateException("of a defect");
      }
      if (text.startsWith("bad")) {
        throw new DromedaryException(FailureCode.CONFIGURATION, "is " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void editCountsWhenItIsLookedFor_andIsReadOnce() throws IOException {
    EditedFile<String> edited = EditedFile.of(file, this::read, WORDS);
    edited.refresh();
    assertThat(reads).isEqualTo(1);
    write(file, "the second");
    assertThat(edited.content()).isEqualTo("first");

    edited.refresh();
    edited.refresh();

    assertThat(edited.content()).isEqualTo("the second");
    assertThat(reads).isEqualTo(2);
    assertThat(edited.file()).contains(file);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
  void pipeIsNotReadAgain_whichWouldNeverEnd() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    EditedFile<String> edited =
        EditedFile.of(pipe, path -> reads++ == 0 ? "first" : read(path), WORDS);
    new ProcessBuilder("touch", "-d", "@0", pipe.toString()).start().waitFor();

    edited.refresh();

    assertThat(edited.content()).isEqualTo("first");
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void whatEndsInTheMiddleOfALineWaits_untilNobodyWritesItOrSomebodyAsks() throws IOException {
    EditedFile<String> edited = EditedFile.of(file, this::read, WORDS);
    Files.writeString(file, "the sec");
    edited.refresh();
    assertThat(edited.content()).isEqualTo("first");

    edited.refreshNow();
    assertThat(edited.content()).isEqualTo("the sec");

    Files.writeString(file, "the third");
    edited.refresh();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(11)));
    edited.refresh();
    assertThat(edited.content()).isEqualTo("the third");
    assertThat(reads).isEqualTo(3);
  }

  @Test
  void whatIsWrittenWhileItIsReadCounts_onceItIsWhole() throws IOException {
    EditedFile<String> edited =
        EditedFile.of(
            file,
            path -> {
              String text = read(path);
              if (text.equals("half")) {
                write(path, "half and half");
              }
              return text;
            },
            WORDS);
    write(file, "half");

    edited.refresh();
    assertThat(edited.content()).isEqualTo("first");

    edited.refresh();
    assertThat(edited.content()).isEqualTo("half and half");
  }

  private static void write(Path path, String text) {
    try {
      Files.writeString(path, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void lastGoodOneStays_whileTheEditIsRefused() throws IOException {
    EditedFile<String> edited = EditedFile.of(file, this::read, WORDS);
    write(file, "bad edit");
    edited.refresh();
    edited.refresh();
    assertThat(edited.content()).isEqualTo("first");
    assertThat(edited.refusal()).contains("is bad edit");
    assertThat(reads).isEqualTo(2);

    write(file, "put right");
    edited.refresh();

    assertThat(edited.content()).isEqualTo("put right");
    assertThat(edited.refusal()).isEmpty();
  }

  @Test
  void whatWasRefusedIsReadAgain_sinceWhatItRefersToMayBeThereByNow() throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path referred = directory.resolve("referred");
    EditedFile<String> edited =
        EditedFile.of(
            file, path -> read(Files.exists(referred) ? referred : path), WORDS, nanos::get);
    write(file, "bad reference");
    edited.refresh();
    assertThat(edited.refusal()).contains("is bad reference");

    Files.writeString(referred, "there by now");
    edited.refresh();
    assertThat(edited.refusal()).as("not looked for at each failure").isPresent();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(5));
    edited.refresh();

    assertThat(edited.content()).isEqualTo("there by now");
    assertThat(edited.refusal()).isEmpty();
    assertThat(reads).isEqualTo(3);
  }

  @Test
  void whatIsRefusedAgainIsToldOnce_andReadNoMoreOftenThanItCosts() throws IOException {
    AtomicLong nanos = new AtomicLong();
    EditedFile<String> edited =
        EditedFile.of(
            file,
            path -> {
              nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
              return read(path);
            },
            WORDS,
            nanos::get);
    write(file, "bad and large");
    edited.refresh();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(39));
    edited.refresh();
    assertThat(reads).isEqualTo(2);

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    edited.refresh();

    assertThat(reads).isEqualTo(3);
    assertThat(edited.refusal()).contains("is bad and large");
  }

  @Test
  void editThatADefectKeepsFromBeingRead_isRefusedLikeAnother() throws IOException {
    EditedFile<String> edited = EditedFile.of(file, this::read, WORDS);
    write(file, "bug found");

    edited.refresh();

    assertThat(edited.content()).isEqualTo("first");
    assertThat(edited.refusal())
        .contains(
            file + ": expected to be read, found java.lang.IllegalStateException: of a defect");
  }

  @Test
  void fileThatCannotBeUsedAtFirstIsAnError() throws IOException {
    write(file, "bad from the start");
    assertThatThrownBy(() -> EditedFile.of(file, this::read, WORDS))
        .isInstanceOf(DromedaryException.class);
  }

  @Test
  void withoutAFileWhatIsGivenStays() {
    EditedFile<String> given = EditedFile.none("given", WORDS);
    given.refresh();
    assertThat(given.content()).isEqualTo("given");
    assertThat(given.file()).isEmpty();
    assertThat(given.refusal()).isEmpty();
  }
}
