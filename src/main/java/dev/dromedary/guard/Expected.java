package dev.dromedary.guard;

import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.MagicBytes;
import dev.dromedary.transfer.Source;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is expected of the next version of a source. Immutable, thread-safe.
 *
 * @param guards what its owner says
 * @param mayBePage whether a web page may be right
 * @param landedBytes the length of the version that landed last, empty without one
 */
public record Expected(Guards guards, boolean mayBePage, OptionalLong landedBytes) {

  private static final Set<String> PAGES = Set.of("html", "htm", "xhtml", "xht", "shtml");

  /**
   * Returns what is expected of a source. A page may be right where a name ends like one, where the
   * content type is given, and where a digest will tell.
   */
  public static Expected of(Source source, OptionalLong landedBytes) {
    boolean isNamedAsPage =
        Stream.concat(
                Stream.of(source.target()),
                source.urls().stream().map(url -> String.valueOf(url.getPath())))
            .anyMatch(Expected::isPageName);
    boolean mayBePage =
        isNamedAsPage || !source.guards().contentTypes().isEmpty() || !source.digests().isEmpty();
    return new Expected(source.guards(), mayBePage, landedBytes);
  }

  /**
   * Returns how many bytes from the start tell all that the first bytes can tell; 0 for nothing.
   */
  public int startBytes() {
    int magic = guards.magic().stream().mapToInt(MagicBytes::end).max().orElse(0);
    return Math.max(magic, mayBePage ? 0 : WebPage.START_BYTES);
  }

  private static boolean isPageName(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/')
        && PAGES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
