package dev.dromedary.observe;

import java.util.List;

/**
 * A page of dead letters, the last failed first.
 *
 * @param total how many the filter lets through on all pages
 * @param offset how many stand before this page
 * @param letters the page
 */
public record DeadLetterPage(int total, int offset, List<DeadLetter> letters) {

  public DeadLetterPage {
    letters = List.copyOf(letters);
  }
}
