package dev.dromedary.observe;

import java.util.List;

/**
 * A page of sources in the order of the list.
 *
 * @param total how many the filter lets through on all pages
 * @param offset how many stand before this page
 * @param sources the page
 */
public record SourcePage(int total, int offset, List<SourceStatus> sources) {

  public SourcePage {
    sources = List.copyOf(sources);
  }
}
