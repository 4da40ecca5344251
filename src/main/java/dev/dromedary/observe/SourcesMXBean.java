package dev.dromedary.observe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources of the list, {@code dev.dromedary:type=Sources}. Made for 100,000 of them: look
 * through pages.
 *
 * <p>A pattern is an id, or has {@code *} for any text and {@code ?} for any character. A filter is
 * words with blanks between, all of which must hold: {@code state=failed} asks for a state as in
 * {@link SourceStatus}, {@code paused} and {@code failing} for those that are, a word with {@code
 * *} or {@code ?} is a pattern of ids; any other word stands somewhere in id, URL or target, in any
 * case.
 */
@Described("The sources of the list: where files come from and how they stand.")
public interface SourcesMXBean {

  /** The name under which it is registered. */
  String NAME = "dev.dromedary:type=Sources";

  /** The largest page. */
  int LARGEST_PAGE = 1000;

  /** Returns how many sources the list has. */
  @Described("How many sources the list has.")
  int getCount();

  /** Returns how many of them are paused. */
  @Described("How many sources are paused.")
  int getPausedCount();

  /** Returns of how many the last transfer failed. */
  @Described("How many sources have failed since they last landed or were unchanged.")
  int getFailingCount();

  /** Returns how many are in each state; a state none is in is left out. Up to seconds old. */
  @Described("How many sources are in each state.")
  Map<String, Integer> getStates();

  /**
   * Returns a page of the sources a filter lets through.
   *
   * @param filter words as told above; empty for all
   * @param offset how many to leave out, 0 or more
   * @param limit the page's size, 1 to {@link #LARGEST_PAGE}; more is cut
   */
  @Described(value = "A page of the sources that match a filter.", looksOnly = true)
  SourcePage find(
      @Described("Words that must all hold: state=failed, paused, failing, an id pattern, or text.")
          String filter,
      @Described("How many to leave out, 0 or more.") int offset,
      @Described("How many at most, 1 to 1000.") int limit);

  /** Returns one source; null when the list has none of this id. */
  @Described(value = "One source by its id, or null.", looksOnly = true)
  @Nullable SourceStatus get(@Described("The source's id.") String id);

  /** Polls the named sources now, whatever their schedules say. Those paused are left out. */
  @Described("Polls sources now, whatever their schedules say; paused ones are left out.")
  Change poll(@Described("A source's id, or a pattern with * and ?.") String pattern);

  /** Lets polls skip the named sources until they are resumed, also after a restart. */
  @Described("Lets polls skip sources until they are resumed; what is under way goes on.")
  Change pause(@Described("A source's id, or a pattern with * and ?.") String pattern);

  /** Lets polls take the named sources again. */
  @Described("Lets polls take paused sources again.")
  Change resume(@Described("A source's id, or a pattern with * and ?.") String pattern);
}
