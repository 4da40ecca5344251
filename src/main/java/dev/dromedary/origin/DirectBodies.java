package dev.dromedary.origin;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a response's {@link DirectBody} is found again above the layers of the client, which wrap
 * it into streams of their own: in the context of the request.
 */
final class DirectBodies {

  private static final String ATTRIBUTE = "dromedary.body";

  private DirectBodies() {}

  /** Notes the body of a response as it comes from the connection, in place of the one before. */
  static void note(HttpContext context, ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    boolean isDirect = entity != null && entity.getContent() instanceof DirectBody;
    context.setAttribute(ATTRIBUTE, isDirect ? entity.getContent() : null);
  }

  /** Returns the body last noted; null when it is none. */
  static @Nullable DirectBody of(HttpContext context) {
    return context.getAttribute(ATTRIBUTE) instanceof DirectBody body ? body : null;
  }
}
