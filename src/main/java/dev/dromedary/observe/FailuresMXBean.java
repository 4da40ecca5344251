package dev.dromedary.observe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters: transfers that were given up and wait for somebody's decision, {@code
 * dev.dromedary:type=Failures}. At most one a source.
 */
@Described("The dead letters: transfers that were given up and wait for a decision.")
public interface FailuresMXBean {

  /** The name under which it is registered. */
  String NAME = "dev.dromedary:type=Failures";

  /** The largest page. */
  int LARGEST_PAGE = 1000;

  /** Returns how many there are. */
  @Described("How many dead letters there are.")
  int getCount();

  /** Returns how many there are of each code, e.g. {@code E4404}. */
  @Described("How many dead letters there are of each failure code.")
  Map<String, Integer> getCodes();

  /**
   * Returns a page of them, the last failed first.
   *
   * @param filter words with blanks between, all of which must stand somewhere in code, source,
   *     target or reason, in any case; empty for all
   * @param offset how many to leave out, 0 or more
   * @param limit the page's size, 1 to {@link #LARGEST_PAGE}; more is cut
   */
  @Described(value = "A page of dead letters, the last failed first.", looksOnly = true)
  DeadLetterPage find(
      @Described("Words that must all stand in code, source, target or reason.") String filter,
      @Described("How many to leave out, 0 or more.") int offset,
      @Described("How many at most, 1 to 1000.") int limit);

  /** Returns one dead letter; null when there is none. */
  @Described(value = "One dead letter, or null.", looksOnly = true)
  @Nullable DeadLetter get(@Described("The id of a transfer, or of its source.") String id);

  /**
   * Returns the sources of dead letters as a source list in YAML, without secrets: one with
   * headers, guards or a query in a URL is only named, in a comment. The first line tells of which
   * list.
   *
   * @param filter as {@link #find} takes it
   */
  @Described(
      value = "The sources of dead letters as a source list in YAML, without secrets.",
      looksOnly = true)
  String export(
      @Described("Words that must all stand in code, source, target or reason.") String filter);

  /** Queues one again; it resumes with what is here. */
  @Described("Queues one again; it resumes with what arrived.")
  Change retry(@Described("The id of a transfer, or of its source.") String id);

  /** Queues all of them again. */
  @Described("Queues all of them again.")
  Change retryAll();

  /** Queues all of one code again. */
  @Described("Queues all of one failure code again.")
  Change retryByCode(@Described("The code, e.g. E4404.") String code);

  /** Takes one off the list. What arrived stays for the next poll of its source. */
  @Described("Takes one off the list; what arrived stays for the next poll of its source.")
  Change discard(@Described("The id of a transfer, or of its source.") String id);
}
