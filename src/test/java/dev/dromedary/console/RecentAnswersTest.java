package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An answer is given again for a quarter of a second, and never across a command. */
class RecentAnswersTest {

  private final AtomicLong nanos = new AtomicLong(1000);
  private final RecentAnswers recent = new RecentAnswers(nanos::get);

  @Test
  void sameQuestionHasTheSameAnswer_untilItIsTooOld() {
    recent.keep("who", recent.now(), reply("me"));
    nanos.addAndGet(RecentAnswers.FRESH_NANOS - 1);
    assertThat(recent.find("who").orElseThrow().body()).isEqualTo(reply("me").body());
    assertThat(recent.find("what")).isEmpty();
    nanos.addAndGet(1);
    assertThat(recent.find("who")).isEmpty();
  }

  @Test
  void ageCountsFromTheQuestion_notFromTheAnswer() {
    RecentAnswers.Asked asked = recent.now();
    nanos.addAndGet(RecentAnswers.FRESH_NANOS);
    recent.keep("who", asked, reply("me"));
    assertThat(recent.find("who")).isEmpty();
  }

  @Test
  void commandForgetsAllAnswers_andThoseThatWereBeingMade() {
    recent.keep("before", recent.now(), reply("old"));
    RecentAnswers.Asked during = recent.now();
    recent.commanded();
    recent.keep("during", during, reply("old, too"));
    assertThat(recent.find("before")).isEmpty();
    assertThat(recent.find("during")).isEmpty();
  }

  @Test
  void keepsSoManyAndNoneThatIsTooLarge() {
    for (int i = 0; i <= RecentAnswers.MOST; i++) {
      recent.keep("question " + i, recent.now(), reply("answer"));
    }
    recent.keep("large", recent.now(), reply("x".repeat(RecentAnswers.LARGEST_ANSWER + 1)));
    assertThat(recent.find("question 0")).isEmpty();
    assertThat(recent.find("question " + RecentAnswers.MOST)).isPresent();
    assertThat(recent.find("large")).isEmpty();
  }

  private static Reply reply(String body) {
    return Reply.of(200, Reply.JSON, body);
  }
}
