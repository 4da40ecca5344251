package dev.dromedary.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.app.SettingKey;
import dev.dromedary.transfer.FailureAction;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files of {@code routes/}: canonical, named, documented, and nothing in them leads nowhere.
 */
class RoutesTest {

  private static final CanonicalSchema SCHEMA = CanonicalSchema.load();
  private static final String KEBAB = "[a-z]+(-[a-z]+)*";
  private static final String VERB_NOUN = "[a-z]+(-[a-z]+)+";
  private static final Pattern LITERAL_AMOUNT =
      Pattern.compile("[1-9]\\d*\\s*(ms|s|m|h|d|[kKMGT]i?B?|B)?");
  private static final Pattern TESTED =
      Pattern.compile("\\$\\{exchangeProperty\\.(\\w+)}(?: (?:==|in) '([^']*)')?");
  private static final Pattern BOUND = Pattern.compile("bind\\(\\s*main,\\s*\"(\\w+)\"");

  /** How often the timers fire; the timer of polls once for a command, for ever for a service. */
  private static final List<String> SET_BY_THE_PROGRAM =
      List.of(
          "dromedary.poll.repeat", "dromedary.retry.wake-interval", "dromedary.transfer.workers");

  private static final String WIRING =
      Checkout.text("src/main/java/dev/dromedary/app/CamelWiring.java");

  private static final String STEPS =
      Checkout.files("src/main/java/dev/dromedary/routing", ".java").stream()
          .map(Checkout::text)
          .collect(Collectors.joining());

  static List<RouteFile> files() {
    return RouteFile.all();
  }

  static List<RouteFile> routes() {
    return RouteFile.all().stream().filter(RouteFile::isRoute).toList();
  }

  @Test
  void findsTheFilesItJudges() {
    assertThat(routes()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(files()).hasSizeGreaterThan(routes().size());
  }

  @ParameterizedTest
  @MethodSource("files")
  void isCanonicalNotation(RouteFile file) {
    assertThat(SCHEMA.problems(file.document())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void holdsOneDefinitionThatIsNamedLikeItsFile(RouteFile file) {
    assertThat(Checkout.path("routes/" + file.id() + RouteFile.SUFFIX)).exists();
    assertThat(file.document()).hasSize(1);
    assertThat(file.definition().path("id").asText())
        .isEqualTo(file.id())
        .matches(VERB_NOUN + "|failures");
    assertThat(file.definition().path("description").asText()).matches("[A-Z].{20,}\\.");
  }

  @ParameterizedTest
  @MethodSource("files")
  void beginsWithAComment(RouteFile file) {
    String header = String.join("\n", file.header());

    assertThat(header).hasSizeGreaterThan(40);
    if (file.isRoute()) {
      assertThat(header).contains("\n# in: ").contains("; out: ");
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void saysItsContractPrefixErrorHandlingAndThatNothingIsCached(RouteFile route) {
    JsonNode definition = route.definition();

    assertThat(definition.path("note").asText()).matches("[A-Z].{20,}\\.");
    assertThat(definition.path("nodePrefixId").asText()).isEqualTo(route.id() + "-");
    assertThat(definition.path("streamCache").asText()).isEqualTo("false");
    assertThat(configurations()).contains(definition.path("routeConfigurationId").asText());
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesEveryStep(RouteFile file) {
    List<String> ids = new ArrayList<>();
    file.eachKey(
        (key, value) -> {
          if (key.equals("steps")) {
            value.forEach(step -> ids.add(idOf(step.elements().next())));
          } else if (Set.of("when", "doCatch", "onException").contains(key) && value.isArray()) {
            value.forEach(
                branch -> ids.add(idOf(branch.path(key).isObject() ? branch.path(key) : branch)));
          } else if (Set.of("otherwise", "doFinally").contains(key)) {
            ids.add(idOf(value));
          }
        });

    assertThat(ids).allMatch(id -> id.matches(KEBAB)).doesNotHaveDuplicates();
    assertThat(ids.isEmpty()).isEqualTo(file.id().equals("caller-decides"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void holdsNoLiteralUrlSizeOrTime(RouteFile file) {
    List<String> literals = new ArrayList<>();
    file.eachKey(
        (key, value) -> {
          String text = value.asText();
          boolean isUrl = text.contains("://") || (key.equals("uri") && text.contains("?"));
          if (value.isValueNode() && (isUrl || LITERAL_AMOUNT.matcher(text).matches())) {
            literals.add(key + ": " + text);
          }
        });

    assertThat(literals).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void callsMethodsThatAreThere(RouteFile file) {
    file.eachKey(
        (key, value) -> {
          if (value.has("ref")) {
            String bean = value.path("ref").asText();
            String method = value.path("method").asText();
            assertThat(beans()).contains(bean);
            if (!key.equals("policy")) {
              assertThat(methodsOf(bean)).as(bean).contains(method);
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void refersToBeansThatAreBound(RouteFile file) {
    file.eachKey(
        (key, value) -> {
          boolean isReference = key.endsWith("Ref") || key.equals("executorService");
          if (isReference || value.asText().startsWith("#")) {
            assertThat(beans()).contains(value.asText().replaceFirst("^#", ""));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void usesPlaceholdersThatAreSettings(RouteFile file) {
    Set<String> settings =
        Stream.concat(
                Arrays.stream(SettingKey.values()).map(SettingKey::key),
                SET_BY_THE_PROGRAM.stream())
            .collect(Collectors.toSet());

    assertThat(settings).containsAll(file.placeholders());
    assertThat(SET_BY_THE_PROGRAM).allMatch(key -> WIRING.contains('"' + key + '"'));
  }

  @ParameterizedTest
  @MethodSource("files")
  void testsOutcomesThatAStepCanLeave(RouteFile file) {
    for (MatchResult tested : TESTED.matcher(file.text()).results().toList()) {
      assertThat(STEPS).contains('"' + tested.group(1) + '"');
      Stream.of(tested.group(2) == null ? new String[0] : tested.group(2).split(","))
          .forEach(outcome -> assertThat(outcomes()).contains(outcome));
    }
  }

  @Test
  void goesOnlyWhereARouteListens() {
    Set<String> listening = consumers().keySet();
    Set<String> called =
        RouteFile.all().stream()
            .flatMap(file -> file.targets().stream())
            .collect(Collectors.toCollection(HashSet::new));

    assertThat(listening.stream().filter(uri -> !uri.startsWith("quartz:")))
        .hasSameElementsAs(called);
  }

  @Test
  void standsInArchitectureInTheOrderOfTheFlow() {
    List<String> documented =
        Checkout.rows("ARCHITECTURE.md", "## The flow").stream()
            .map(row -> row.get(0).replace("`", ""))
            .toList();

    assertThat(documented).containsExactlyElementsOf(flow()).hasSameSizeAs(files());
  }

  /** Follows the messages from the timer on; on failure and by other timers comes after. */
  private static List<String> flow() {
    Set<String> order = new LinkedHashSet<>();
    RouteFile first =
        routes().stream()
            .filter(route -> route.targets().contains("seda:transfers"))
            .findFirst()
            .orElseThrow();
    follow(first, order);
    Set<String> handlers = new LinkedHashSet<>();
    for (String id : List.copyOf(order)) {
      handlers.add(file(id).definition().path("routeConfigurationId").asText());
    }
    handlers.forEach(id -> file(id).targets().forEach(uri -> follow(listening(uri), order)));
    routes().forEach(other -> follow(other, order));
    order.addAll(handlers);
    return List.copyOf(order);
  }

  private static void follow(RouteFile route, Set<String> order) {
    if (order.add(route.id())) {
      route.targets().forEach(uri -> follow(listening(uri), order));
    }
  }

  private static RouteFile file(String id) {
    return RouteFile.all().stream().filter(file -> file.id().equals(id)).findFirst().orElseThrow();
  }

  private static RouteFile listening(String uri) {
    return Objects.requireNonNull(consumers().get(uri), uri);
  }

  private static Map<String, RouteFile> consumers() {
    return routes().stream()
        .collect(
            Collectors.toMap(
                route -> route.definition().path("from").path("uri").asText(),
                Function.identity()));
  }

  private static List<String> configurations() {
    return RouteFile.all().stream().filter(file -> !file.isRoute()).map(RouteFile::id).toList();
  }

  private static Set<String> beans() {
    return BOUND.matcher(WIRING).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  /** A bean of the routes is the class of package routing that is named like it. */
  private static Set<String> methodsOf(String bean) {
    String name = bean.substring(0, 1).toUpperCase(Locale.ROOT) + bean.substring(1);
    try {
      return Arrays.stream(Class.forName("dev.dromedary.routing." + name).getMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .filter(
              method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {Exchange.class}))
          .map(Method::getName)
          .collect(Collectors.toSet());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("expected a class for the bean " + bean, e);
    }
  }

  private static Set<String> outcomes() {
    Set<String> outcomes =
        Pattern.compile("\"([A-Z_]+)\"")
            .matcher(STEPS)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(HashSet::new));
    Arrays.stream(FailureAction.values()).map(Enum::name).forEach(outcomes::add);
    return outcomes;
  }

  private static String idOf(JsonNode step) {
    return step.path("id").asText("no id");
  }
}
