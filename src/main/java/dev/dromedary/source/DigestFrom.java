package dev.dromedary.source;

import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.UriReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where the digest file of a source is, as a user writes it: a suffix of the source's URL, or a
 * reference that is resolved against it. Immutable, thread-safe. Source: RFC 3986 §5.
 *
 * @param text {@code .sha256}, {@code SHA256SUMS}, {@code ../SHA256SUMS} or an absolute URL
 */
public record DigestFrom(String text) {

  private static final Pattern SUFFIX = Pattern.compile("\\.[A-Za-z0-9][A-Za-z0-9._~-]*");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  /**
   * Reads what stands under {@code digestFrom}.
   *
   * @throws IllegalArgumentException with a message for the user when it can be neither
   */
  public static DigestFrom parse(String text) {
    if (isSuffix(text)) {
      if (!SUFFIX.matcher(text).matches()) {
        throw refused(text, "expected a suffix such as .sha256, or the URL of a digest file");
      }
    } else if (SCHEME.matcher(text).matches()) {
      judged(text);
    } else {
      requireReference(text);
    }
    return new DigestFrom(text);
  }

  /**
   * Returns the digest file of the source at a URL.
   *
   * @param base the first URL of the source; its query stays behind a suffix, and only there
   * @throws IllegalArgumentException with a message for the user when there is none, or its name
   *     tells an algorithm that is not computed
   */
  public DigestFile of(URI base) {
    URI url = isSuffix(text) ? suffixed(base) : resolved(base);
    String file = lastSegment(base);
    String name = lastSegment(url);
    boolean isOfFile = !file.isEmpty() && name.startsWith(file);
    try {
      return new DigestFile(url, AlgorithmName.in(isOfFile ? name.substring(file.length()) : name));
    } catch (IllegalArgumentException e) {
      throw refused(text, String.valueOf(e.getMessage()));
    }
  }

  private URI suffixed(URI base) {
    if (lastSegment(base).isEmpty()) {
      throw refused(text, "expected a URL that ends in a file name for a suffix, found none");
    }
    String whole = base.toString();
    int query = whole.indexOf('?');
    int end = query < 0 ? whole.length() : query;
    return judged(whole.substring(0, end) + text + whole.substring(end));
  }

  private URI resolved(URI base) {
    try {
      return judged(UriReference.resolve(base, new URI(withoutFragment(text))).toString());
    } catch (URISyntaxException e) {
      throw refused(text, e.getReason());
    }
  }

  private static void requireReference(String text) {
    String reference = withoutFragment(text);
    if (reference.isEmpty() || text.length() > SourceUrl.MAX_LENGTH) {
      throw refused(text, "expected 1 to " + SourceUrl.MAX_LENGTH + " characters");
    }
    if (text.contains("{{")) {
      throw refused(text, "expected a literal URL, found '{{'");
    }
    try {
      SourceUrl.refuseCharacters(reference, reference, 0);
      new URI(reference);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("digestFrom: " + e.getMessage(), e);
    } catch (URISyntaxException e) {
      throw refused(text, e.getReason());
    }
  }

  private static URI judged(String url) {
    try {
      return SourceUrl.parse(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("digestFrom: " + e.getMessage(), e);
    }
  }

  private static boolean isSuffix(String text) {
    return text.startsWith(".") && !text.contains("/");
  }

  private static String withoutFragment(String text) {
    return text.split("#", 2)[0];
  }

  private static String lastSegment(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException(
        "digestFrom " + Quoted.of(SourceUrl.masked(text)) + ": " + why);
  }

  /** Hides a query, which may hold credentials. */
  @Override
  public String toString() {
    return SourceUrl.masked(text);
  }
}
