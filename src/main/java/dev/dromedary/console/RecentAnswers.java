package dev.dromedary.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Answers given a moment ago, for whoever asks the very same again: a quarter of a second long, or
 * until a command comes by this way. Many who look at the same thing cost little more than one;
 * what they see is so much older at most. What is commanded elsewhere (the command line, a JMX
 * client) is seen when that time is over.
 *
 * <p>Thread-safe. Bounded: {@value #MOST} answers of {@value #LARGEST_ANSWER} bytes.
 */
final class RecentAnswers {

  static final long FRESH_NANOS = 250_000_000L;
  static final int MOST = 16;
  static final int LARGEST_ANSWER = 128 << 10;
  private static final int LONGEST_QUESTION = 8 << 10;

  private final LongSupplier nanoClock;
  private final Map<String, Given> given = new LinkedHashMap<>();
  private long commands;

  RecentAnswers(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** The answer to one question, when it was asked and after how many commands. */
  private record Given(Reply reply, Asked asked) {}

  /** The moment of a question. */
  record Asked(long nanos, long commands) {}

  /** Returns the moment of a question that is asked now. */
  synchronized Asked now() {
    return new Asked(nanoClock.getAsLong(), commands);
  }

  /** Returns the answer to a question that may be given again. */
  synchronized Optional<Reply> find(String question) {
    Given found = given.get(question);
    return found != null && isFresh(found) ? Optional.of(found.reply) : Optional.empty();
  }

  /** Keeps an answer; the one kept longest goes for it where there are too many. */
  synchronized void keep(String question, Asked asked, Reply reply) {
    if (reply.body().length > LARGEST_ANSWER || question.length() > LONGEST_QUESTION) {
      return;
    }
    given.remove(question);
    given.values().removeIf(old -> !isFresh(old));
    if (given.size() == MOST) {
      given.remove(given.keySet().iterator().next());
    }
    given.put(question, new Given(reply, asked));
  }

  /** Forgets all of them; to be called before a command and after it. */
  synchronized void commanded() {
    commands++;
    given.clear();
  }

  private boolean isFresh(Given answer) {
    return answer.asked.commands == commands
        && nanoClock.getAsLong() - answer.asked.nanos < FRESH_NANOS;
  }
}
