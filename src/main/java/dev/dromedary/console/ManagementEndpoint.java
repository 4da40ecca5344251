package dev.dromedary.console;

import dev.dromedary.transfer.MaskedText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.jolokia.service.serializer.JolokiaSerializer;

/**
 * The beans of this process by Jolokia's protocol under {@value #PATH}: whatever {@link
 * ManagementPolicy} allows. By GET only what reads; a command is a POST of JSON. Thread-safe.
 */
final class ManagementEndpoint implements Endpoint, AutoCloseable {

  static final String PATH = "/jolokia";

  private static final int MAX_BODY_BYTES = 1 << 20;

  /** The one dispatcher there is; the proxy to other machines is not even on the class path. */
  private static final int ORDER = 1000;

  private static final Set<String> READING = Set.of("", "version", "read", "list", "search");
  private static final Set<String> PARAMETERS =
      Set.of("ifModifiedSince", "ignoreErrors", "maxCollectionSize", "maxDepth", "maxObjects");

  private final JolokiaServiceManager services;
  private final HttpRequestHandler jolokia;
  private final RecentAnswers recent = new RecentAnswers(System::nanoTime);

  /**
   * Creates the endpoint.
   *
   * @param id tells this one from others in the process
   */
  ManagementEndpoint(String id) {
    StaticConfiguration configuration =
        new StaticConfiguration(
            ConfigKey.AGENT_ID, id,
            ConfigKey.DISABLE_DETECTORS, "true",
            ConfigKey.DISCOVERY_ENABLED, "false",
            ConfigKey.ALLOW_ERROR_DETAILS, "false",
            ConfigKey.INCLUDE_STACKTRACE, "false",
            ConfigKey.INCLUDE_REQUEST, "true");
    services =
        JolokiaServiceManagerFactory.createJolokiaServiceManager(
            configuration, new JolokiaLog(), new ManagementPolicy());
    services.addService(new JolokiaSerializer());
    services.addService(new LocalRequestHandler(ORDER));
    jolokia = new HttpRequestHandler(services.start());
  }

  /** Answers; what only reads may be as old as {@link RecentAnswers} tells. */
  @Override
  public Reply answer(Request request) throws IOException {
    try {
      return request.isPost() ? post(request) : get(request);
    } catch (BadRequestException | IllegalArgumentException | IllegalStateException e) {
      // what Jolokia's parser throws at a body that is no JSON; whatever a bean throws is in the
      // answer
      return Reply.refusal(400, String.valueOf(e.getMessage()));
    } catch (EmptyResponseException e) {
      return Reply.refusal(400, "expected a request with an answer");
    }
  }

  private Reply get(Request request)
      throws IOException, BadRequestException, EmptyResponseException {
    String path = request.path().substring(PATH.length());
    Map<String, String[]> parameters = parameters(request);
    String command = path.replaceFirst("^/+", "").replaceFirst("/.*", "");
    if (!READING.contains(command)) {
      throw new BadRequestException("expected a POST of JSON for '" + command + "'");
    }
    return lately(
        "GET " + path + "?" + request.query(),
        () -> jolokia.handleGetRequest(PATH + path, path, parameters));
  }

  private Reply post(Request request)
      throws IOException, BadRequestException, EmptyResponseException {
    Map<String, String[]> parameters = parameters(request);
    byte[] body = request.body().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new BadRequestException("expected a body of at most " + MAX_BODY_BYTES + " bytes");
    }
    String question =
        "POST " + request.query() + " " + new String(body, StandardCharsets.ISO_8859_1);
    Optional<Reply> known = recent.find(question);
    if (known.isPresent()) {
      return known.get();
    }
    Asking asking =
        () ->
            jolokia.handlePostRequest(
                PATH, new ByteArrayInputStream(body), StandardCharsets.UTF_8.name(), parameters);
    if (!Question.of(body).commands()) {
      return lately(question, asking);
    }
    recent.commanded();
    try {
      return reply(asking.ask());
    } finally {
      recent.commanded();
    }
  }

  private Reply lately(String question, Asking asking)
      throws IOException, BadRequestException, EmptyResponseException {
    Optional<Reply> known = recent.find(question);
    if (known.isPresent()) {
      return known.get();
    }
    RecentAnswers.Asked asked = recent.now();
    Reply reply = reply(asking.ask());
    recent.keep(question, asked, reply);
    return reply;
  }

  /** URIs of endpoints carry what their routes were configured with. */
  private static Reply reply(JSONStructure answer) {
    return Reply.of(200, Reply.JSON, MaskedText.json(answer.toJSONString()));
  }

  @FunctionalInterface
  private interface Asking {
    JSONStructure ask() throws IOException, BadRequestException, EmptyResponseException;
  }

  private static Map<String, String[]> parameters(Request request) throws BadRequestException {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    String query = request.query() == null ? "" : request.query();
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      if (!PARAMETERS.contains(parts[0])) {
        throw new BadRequestException(
            "parameter: expected one of "
                + Arrays.toString(PARAMETERS.stream().sorted().toArray()));
      }
      String value = parts.length == 1 ? "" : parts[1];
      parameters.put(parts[0], new String[] {URLDecoder.decode(value, StandardCharsets.UTF_8)});
    }
    return parameters;
  }

  @Override
  public void close() {
    services.stop();
  }
}
