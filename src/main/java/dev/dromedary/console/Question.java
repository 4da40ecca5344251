package dev.dromedary.console;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the body of a request to Jolokia asks for, as far as it matters before Jolokia sees it.
 * Immutable.
 */
final class Question {

  private static final Set<String> READING = Set.of("read", "list", "search", "version");
  private static final Set<String> COMMANDING = Set.of("exec", "write");

  /** The operations of our beans that only look. */
  private static final Set<String> LOOKING = Set.of("find", "get", "export");

  /** Two readers may not take the same body for two things. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final boolean commands;

  private Question(boolean commands) {
    this.commands = commands;
  }

  /**
   * Reads a body: one request, or a list of them.
   *
   * @throws IllegalArgumentException when it is no JSON, or asks for what nobody may
   */
  static Question of(byte[] body) {
    boolean commands = false;
    for (JsonNode request : requests(body)) {
      String type = request.path("type").asText("").toLowerCase(Locale.ROOT);
      if (!READING.contains(type) && !COMMANDING.contains(type)) {
        throw new IllegalArgumentException(
            "type: expected read, list, search, version, exec or write");
      }
      commands |= COMMANDING.contains(type) && !looks(type, request.path("operation").asText(""));
    }
    return new Question(commands);
  }

  private static Iterable<JsonNode> requests(byte[] body) {
    try {
      JsonNode read = STRICT.readTree(body);
      return read.isArray() ? read : List.of(read);
    } catch (java.io.IOException e) {
      String why = e instanceof JsonProcessingException no ? no.getOriginalMessage() : e.toString();
      throw new IllegalArgumentException("expected a body of JSON, found: " + why, e);
    }
  }

  private static boolean looks(String type, String operation) {
    return type.equals("exec") && LOOKING.contains(operation.replaceFirst("\\(.*", ""));
  }

  /** Says whether it may change something. */
  boolean commands() {
    return commands;
  }
}
