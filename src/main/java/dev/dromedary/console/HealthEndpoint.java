package dev.dromedary.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the process lives and whether the service takes work, for whoever restarts it. Ready is
 * 200, not ready 503 with the reasons; what an operator should look at but no restart would mend is
 * a warning. Thread-safe.
 */
final class HealthEndpoint implements Endpoint {

  static final String PATH = "/health";

  private final Readiness readiness;
  private final ObjectMapper json = new ObjectMapper();

  HealthEndpoint(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public Reply answer(Request request) throws JsonProcessingException {
    return switch (request.path()) {
      case PATH + "/live" -> reply("up", List.of(), List.of());
      case PATH, PATH + "/ready" -> ready();
      default -> Reply.refusal(404, "expected /health/live or /health/ready");
    };
  }

  private Reply ready() throws JsonProcessingException {
    List<String> reasons = readiness.reasons();
    return reply(reasons.isEmpty() ? "up" : "down", reasons, readiness.warnings());
  }

  private Reply reply(String status, List<String> reasons, List<String> warnings)
      throws JsonProcessingException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", status);
    body.put("reasons", reasons);
    body.put("warnings", warnings);
    return Reply.of(reasons.isEmpty() ? 200 : 503, Reply.JSON, json.writeValueAsString(body));
  }
}
