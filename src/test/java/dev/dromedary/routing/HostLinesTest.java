package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose turn it is when many wait for few hosts. */
class HostLinesTest {

  private final HostLines<String> lines = new HostLines<>();
  private final Map<String, Integer> inside = new HashMap<>();

  @Test
  void hostsTakeTurns() {
    lines.add("a", "a1");
    lines.add("a", "a2");
    lines.add("a", "a3");
    lines.add("b", "b1");
    lines.add("c", "c1");

    assertThat(taken(9)).containsExactly("a1", "b1", "c1", "a2", "a3");
    assertThat(lines.size()).isZero();
  }

  @Test
  void hostWithAsManyAsItMayIsPassedOver() {
    for (int i = 1; i <= 4; i++) {
      lines.add("slow", "slow" + i);
    }
    lines.add("b", "b1");
    lines.add("b", "b2");
    lines.add("b", "b3");

    assertThat(taken(2)).containsExactly("slow1", "b1", "slow2", "b2");
    assertThat(lines.lengths()).isEqualTo(Map.of("slow", 2, "b", 1));

    inside.merge("slow", -1, Integer::sum);
    assertThat(taken(2)).containsExactly("slow3");
  }

  @Test
  void whoIsTakenOutWaitsNoMore() {
    lines.add("a", "a1");
    lines.add("b", "b1");
    lines.add("a", "a2");

    assertThat(lines.removeIf(who -> who.endsWith("1"))).containsExactly("a1", "b1");
    assertThat(lines.all()).containsExactly("a2");
    assertThat(lines.size()).isEqualTo(1);
    assertThat(lines.oldest()).contains("a");
  }

  @Test
  void orderIsKeptWhereHostsChange() {
    lines.add("a", "1");
    lines.add("b", "2");
    lines.add("a", "3");

    lines.lineUp(who -> who.equals("3") ? "b" : "c");

    assertThat(lines.all()).containsExactly("1", "2", "3");
    assertThat(lines.lengths()).isEqualTo(Map.of("b", 1, "c", 2));
    assertThat(lines.size()).isEqualTo(3);
    assertThat(taken(9)).containsExactly("1", "3", "2");
  }

  private List<String> taken(int most) {
    List<String> taken = new ArrayList<>();
    while (true) {
      var next = lines.next(host -> inside.getOrDefault(host, 0), host -> most);
      if (next.isEmpty()) {
        return taken;
      }
      inside.merge(next.get(), 1, Integer::sum);
      taken.add(lines.take(next.get()));
    }
  }
}
