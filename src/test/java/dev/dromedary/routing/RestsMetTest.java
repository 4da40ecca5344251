package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A transfer counts the rests that it has met itself. */
class RestsMetTest {

  private final RestsMet rests = new RestsMet();

  @Test
  void eachRestCountsOnce_howeverManyWentByBetween() {
    assertThat(rests.met("a", 3)).isEqualTo(1);
    assertThat(rests.met("a", 3)).isEqualTo(1);
    assertThat(rests.met("a", 9)).isEqualTo(2);
    assertThat(rests.met("a", 10)).isEqualTo(3);
  }

  @Test
  void theyCountAnewAfterAnAnswerOfTheHost_andForEachHost() {
    rests.met("a", 3);
    rests.met("a", 4);
    assertThat(rests.met("b", 1)).isEqualTo(1);
    assertThat(rests.met("a", 1)).isEqualTo(1);
    assertThat(rests.met("a", 2)).isEqualTo(2);
    assertThat(rests.met("b", 2)).isEqualTo(2);
  }
}
