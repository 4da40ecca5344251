package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What is due is handed out host by host, as there is room: {@code a1} is the first of host a. */
class DueByRoomTest {

  private final Map<String, Integer> room = new HashMap<>();
  private final Map<String, String> edited = new HashMap<>();
  private boolean mayGoOn = true;
  private boolean isOver;

  @Test
  void whatHasNoRoomIsPassedOver_andComesInItsOrder() {
    room.putAll(Map.of("a", 1, "b", 2));
    DueByRoom due = due("a1", "a2", "b1", "a3", "b2", "-");

    assertThat(take(due, 4)).containsExactly("a1", "b1", "b2", "-");
    room.put("a", 2);
    assertThat(take(due, 2)).containsExactly("a2", "a3");
    assertThat(due.hasNext()).isFalse();
    assertThat(due.left()).isEmpty();
  }

  @Test
  void whatIsEditedMeanwhileWaitsForItsNewHost() {
    room.putAll(Map.of("a", 0, "b", 1));
    DueByRoom due = due("a1", "a2", "b1");
    assertThat(take(due, 1)).containsExactly("b1");

    edited.putAll(Map.of("a1", "c", "a2", "c"));
    room.putAll(Map.of("a", 9, "c", 1));
    assertThat(take(due, 1)).containsExactly("a1");
    room.put("c", 1);
    assertThat(take(due, 1)).containsExactly("a2");
  }

  @Test
  void whatHasNoRoomIsLeft_whenThePollIsOver() {
    room.putAll(Map.of("a", 0, "b", 2));
    isOver = true;
    DueByRoom due = due("a1", "b1", "a2", "b2");

    assertThat(take(due, 2)).as("over only for what has no room").containsExactly("b1", "b2");
    assertThat(due.hasNext()).isFalse();
    assertThat(due.left()).containsExactly("a1", "a2");
  }

  @Test
  void nullTellsThatItWasOverWhileItWaited_forGood() {
    room.put("a", 0);
    DueByRoom due = due("a1");
    assertThat(due.hasNext()).isTrue();
    isOver = true;
    assertThat(due.next()).isNull();

    isOver = false;
    room.put("a", 1);
    assertThat(due.hasNext()).isFalse();
    assertThat(due.left()).containsExactly("a1");
  }

  @Test
  void nothingIsHandedOutAnyMore_whenNothingNewIsTaken() {
    room.put("a", 9);
    DueByRoom due = due("a1", "a2");
    assertThat(take(due, 1)).containsExactly("a1");
    mayGoOn = false;
    assertThat(due.hasNext()).isFalse();
    mayGoOn = true;
    assertThat(due.hasNext()).isFalse();
    assertThat(due.left()).containsExactly("a2");
  }

  private DueByRoom due(Object... due) {
    return new DueByRoom(
        List.of(due).iterator(), this::host, new Rooms(), () -> mayGoOn, () -> isOver);
  }

  private Optional<String> host(Object due) {
    String id = String.valueOf(due);
    String host = edited.getOrDefault(id, id.substring(0, 1));
    return host.equals("-") ? Optional.empty() : Optional.of(host);
  }

  private List<Object> take(DueByRoom due, int many) {
    List<Object> taken = new ArrayList<>();
    for (int i = 0; i < many && due.hasNext(); i++) {
      Object next = Objects.requireNonNull(due.next());
      taken.add(next);
      host(next).ifPresent(host -> room.merge(host, -1, Integer::sum));
    }
    return taken;
  }

  private final class Rooms implements DueByRoom.Lines {
    @Override
    public boolean hasRoom(String host) {
      return room.getOrDefault(host, 0) > 0;
    }

    @Override
    public Optional<String> awaitRoom(Set<String> hosts, BooleanSupplier over) {
      Optional<String> found = hosts.stream().filter(this::hasRoom).findFirst();
      if (found.isEmpty() && !over.getAsBoolean()) {
        throw new AssertionError("would wait for ever for " + hosts);
      }
      return over.getAsBoolean() ? Optional.empty() : found;
    }
  }
}
