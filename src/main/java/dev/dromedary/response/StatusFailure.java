package dev.dromedary.response;

import dev.dromedary.response.Verdict.Refused;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which failure a status means that carries neither a body for us nor a redirect. */
final class StatusFailure {

  private static final Map<Integer, FailureCode> CODES =
      Map.of(
          401, FailureCode.UNAUTHORIZED,
          403, FailureCode.FORBIDDEN,
          404, FailureCode.NOT_FOUND,
          408, FailureCode.REQUEST_TIMEOUT,
          410, FailureCode.GONE,
          425, FailureCode.TOO_EARLY,
          429, FailureCode.TOO_MANY_REQUESTS,
          503, FailureCode.SERVICE_UNAVAILABLE);

  private StatusFailure() {}

  static Refused of(ResponseFacts facts, Instant now) {
    FailureCode code = code(facts.status());
    String message =
        code == FailureCode.UNEXPECTED_STATUS
            ? "expected status 200 or 206, found " + facts.status()
            : "the server answered " + facts.status();
    return new Refused(code, message, retryAfter(code, facts, now), facts.status());
  }

  private static FailureCode code(int status) {
    FailureCode named = CODES.get(status);
    if (named != null) {
      return named;
    }
    return switch (status / 100) {
      case 4 -> FailureCode.CLIENT_ERROR;
      case 5 -> FailureCode.SERVER_ERROR;
      default -> FailureCode.UNEXPECTED_STATUS;
    };
  }

  private static @Nullable Duration retryAfter(FailureCode code, ResponseFacts facts, Instant now) {
    return code.action().mayRetry()
        ? facts.only("Retry-After").flatMap(text -> RetryAfter.parse(text, now)).orElse(null)
        : null;
  }
}
