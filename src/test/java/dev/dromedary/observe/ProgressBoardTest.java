package dev.dromedary.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.TransferState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final ProgressBoard board = new ProgressBoard(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void showsWhatRunsInTheOrderItWasOpened_untilItEnds() {
    board.open("t2", "b", "b", NOW);
    board.open("t1", "a", "a", NOW);
    board.open("t3", "c", "c", NOW);

    board.changed(event("t1", TransferState.RUNNING));
    board.ended(event("t2", TransferState.LANDED));

    assertThat(board.running()).extracting(ProgressSnapshot::sourceId).containsExactly("a", "c");
  }

  @Test
  void tellsEveryListener_evenWhenOneFails() {
    List<TransferState> heard = new ArrayList<>();
    board.listen(
        event -> {
          throw new IllegalStateException("scripted");
        });
    board.listen(event -> heard.add(event.state()));

    board.changed(event("t1", TransferState.RUNNING));
    board.ended(event("t1", TransferState.FAILED));

    assertThat(heard).containsExactly(TransferState.RUNNING, TransferState.FAILED);
  }

  @Test
  void tellsOfAStartOver_toThoseThatListenForIt() {
    List<StartOver> heard = new ArrayList<>();
    board.listen(event -> {});
    board.listen(
        new TransferListener() {
          @Override
          public void onEvent(TransferEvent event) {}

          @Override
          public void onStartOver(StartOver startOver) {
            heard.add(startOver);
          }
        });
    StartOver startOver = new StartOver(NOW, "t1", "a", "a", "the source changed", 1);

    board.startsOver(startOver);

    assertThat(heard).containsExactly(startOver);
  }

  @Test
  void isSilentToAListenerThatLeft() {
    List<TransferEvent> heard = new ArrayList<>();
    TransferListener listener = heard::add;
    board.listen(listener);
    board.unlisten(listener);

    board.changed(event("t1", TransferState.RUNNING));

    assertThat(heard).isEmpty();
  }

  private static TransferEvent event(String id, TransferState state) {
    return new TransferEvent(
        NOW,
        id,
        id,
        id,
        state,
        OptionalLong.empty(),
        0,
        false,
        0,
        Duration.ZERO,
        1,
        0,
        null,
        null,
        null,
        null,
        null);
  }
}
