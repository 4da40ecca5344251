package dev.dromedary.cli;

import static dev.dromedary.cli.CliFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.observe.SourceStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sources} tells of one source. */
class SourcesTableTest {

  private static final int STATE = 1;
  private static final int DUE = 4;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "running|false|t-1|2026-02-28T23:00:00Z|running|running",
        "retrying|false|t-1|2026-02-28T23:00:00Z|retrying|retrying",
        "running|false|t-1|2026-03-01T01:00:00Z|running|2026-03-01T01:00:00Z",
        "running|true|t-1|2026-02-28T23:00:00Z|running, paused|paused",
        "paused|true||2026-02-28T23:00:00Z|paused|paused",
        "paused|true||2026-03-01T01:00:00Z|paused|2026-03-01T01:00:00Z",
        "new|false||2026-03-01T00:00:00Z|new|now",
        "landed|false|||landed|",
      })
  void timeThatHasComeIsToldAsWhatIsWaitedFor(
      String state,
      boolean isPaused,
      @Nullable String transfer,
      @Nullable String dueAt,
      String toldState,
      @Nullable String toldDue) {
    @Nullable Object[] cells = SourcesCommand.cells(source(state, isPaused, transfer, dueAt), NOW);

    assertThat(cells[STATE]).isEqualTo(toldState);
    assertThat(cells[DUE]).isEqualTo(toldDue);
  }

  private static SourceStatus source(
      String state, boolean isPaused, @Nullable String transfer, @Nullable String dueAt) {
    return new SourceStatus(
        "id",
        state,
        isPaused,
        "http://h/a",
        0,
        "a",
        "every 1h",
        null,
        null,
        null,
        null,
        null,
        dueAt,
        0,
        null,
        null,
        transfer);
  }
}
