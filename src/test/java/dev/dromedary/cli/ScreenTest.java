package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final Screen screen = new Screen();

  @Test
  void goesUpByAsManyRowsAsItDrewBefore() {
    assertThat(screen.replace(80, List.of(), List.of("one", "two"))).doesNotContain("A");
    assertThat(screen.replace(80, List.of("done"), List.of("three")))
        .isEqualTo("\u001b[2A\rdone\u001b[K\r\nthree\u001b[K\r\n\u001b[J");
    assertThat(screen.replace(80, List.of(), List.of())).isEqualTo("\u001b[1A\r\u001b[J");
  }

  @Test
  void goesUpByTheFoldedHeight_whenTheTerminalBecameNarrow() {
    screen.replace(100, List.of(), List.of("x".repeat(99), "short", ""));

    assertThat(screen.replace(40, List.of(), List.of())).startsWith("\u001b[5A");
  }
}
