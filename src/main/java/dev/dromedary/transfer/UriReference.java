package dev.dromedary.transfer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a reference against its base as RFC 3986 §5.2 wants it. The JDK follows the older RFC
 * 2396, which loses the last path segment before a {@code ?query} and keeps excess dots. Pure.
 */
public final class UriReference {

  private UriReference() {}

  /**
   * Returns the target without a fragment; an absolute reference stays as it is written.
   *
   * @param base an absolute URL with a host
   * @throws URISyntaxException when the parts do not form a URI
   */
  public static URI resolve(URI base, URI reference) throws URISyntaxException {
    if (reference.getScheme() != null) {
      return withoutFragment(reference);
    }
    StringBuilder target = new StringBuilder().append(base.getScheme()).append(':');
    String path = text(reference.getRawPath());
    @Nullable String query = reference.getRawQuery();
    if (reference.getRawAuthority() != null) {
      target.append("//").append(reference.getRawAuthority()).append(removeDots(path));
    } else {
      target.append("//").append(text(base.getRawAuthority()));
      if (path.isEmpty()) {
        target.append(text(base.getRawPath()));
        query = query == null ? base.getRawQuery() : query;
      } else {
        target.append(removeDots(path.startsWith("/") ? path : merge(base, path)));
      }
    }
    if (query != null) {
      target.append('?').append(query);
    }
    return new URI(target.toString());
  }

  private static URI withoutFragment(URI reference) throws URISyntaxException {
    String text = reference.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? reference : new URI(text.substring(0, hash));
  }

  private static String merge(URI base, String path) {
    String basePath = text(base.getRawPath());
    return basePath.isEmpty()
        ? "/" + path
        : basePath.substring(0, basePath.lastIndexOf('/') + 1) + path;
  }

  private static String removeDots(String path) {
    if (path.isEmpty()) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean isDot = segments[i].equals(".") || segments[i].equals("..");
      if (segments[i].equals("..")) {
        kept.pollLast();
      }
      if (!isDot) {
        kept.addLast(segments[i]);
      } else if (i == segments.length - 1) {
        kept.addLast("");
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
  }
}
