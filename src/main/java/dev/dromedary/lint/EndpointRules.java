package dev.dromedary.lint;

import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What is sent somewhere is received there; endpoints have the options they need, no others. */
final class EndpointRules {

  private static final Set<String> SENDS =
      Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "interceptSendToEndpoint");
  private static final Set<String> INTERNAL = Set.of("direct", "seda");
  private static final Set<String> FETCHERS = Set.of("partSteps", "digestSteps");
  private static final Set<String> WEB = Set.of("http", "https");

  /** Without these the fetching endpoint keeps bodies in memory, or trusts what servers send. */
  private static final Map<String, String> FETCHING = fetching();

  /**
   * What is sent to; {@code key} is that of the setting it is from, empty where a route says it.
   */
  private record Sent(Element uri, String address, Optional<String> key) {}

  private final Surroundings surroundings;
  private final Set<String> others;
  private final Consumer<Problem> problems;
  private final Set<String> received = new TreeSet<>();
  private final List<Sent> sent = new ArrayList<>();

  /** Creates the rules; {@code others} are beans of which only the name is known. */
  EndpointRules(Surroundings surroundings, Set<String> others, Consumer<Problem> problems) {
    this.surroundings = surroundings;
    this.others = others;
    this.problems = problems;
  }

  void judge(RouteFile file) {
    boolean isFetching =
        file.elements().stream()
            .filter(element -> element.key().equals("bean"))
            .anyMatch(bean -> FETCHERS.contains(bean.text("ref").orElse("")));
    file.elements().forEach(element -> judge(element, isFetching));
  }

  /** Judges what depends on all files. */
  void judgeTogether() {
    for (Sent to : sent) {
      if (!received.contains(to.address)) {
        String message =
            "uri '"
                + to.address
                + "': expected a route that begins with it, found none"
                + NearestName.hint(to.address, received);
        problems.accept(
            to.key
                .map(key -> surroundings.atSetting().apply(key, key + ": " + message))
                .orElseGet(() -> to.uri.problem(message)));
      }
    }
  }

  private void judge(Element element, boolean isFetching) {
    boolean isReceiving = element.key().equals("from");
    if (!isReceiving && !SENDS.contains(element.key())) {
      return;
    }
    Element uri = element.child("uri").orElse(element);
    Optional<String> written = uri.text();
    if (written.isEmpty()) {
      return;
    }
    String text = surroundings.resolved(written.get());
    String address = text.split("\\?", 2)[0].replaceFirst("^([^:]+)://", "$1:");
    String scheme = address.split(":", 2)[0];
    if (INTERNAL.contains(scheme) && !address.contains("{{") && !address.contains("${")) {
      if (!isReceiving) {
        sent.add(new Sent(uri, address, surroundings.setting(written.get())));
      } else if (!received.add(address) && scheme.equals("direct")) {
        problems.accept(
            uri.problem(
                "uri '" + address + "': expected one route that begins with it, found two"));
      }
    }
    surroundings.setting(written.get()).ifPresent(key -> judgeSetting(key, address, text));
    boolean isFetch = isFetching && !isReceiving && WEB.contains(scheme);
    judgeOptions(element, uri, address, isFetch);
    if (isFetch) {
      judgeFetching(element, uri, text);
    }
  }

  /** What stands in a route is left to Camel, which a start asks only where the text is good. */
  private void judgeSetting(String key, String address, String uri) {
    String scheme = address.split(":", 2)[0];
    boolean isKnown =
        !scheme.matches("[A-Za-z][A-Za-z0-9+.-]*")
            || others.contains(scheme)
            || surroundings.components().test(scheme);
    List<String> found =
        isKnown
            ? surroundings
                .options()
                .apply(scheme)
                .map(known -> UriOptions.problems(uri, address, known))
                .orElse(List.of())
            : List.of(CamelWords.noComponent(uri));
    found.forEach(why -> problems.accept(surroundings.atSetting().apply(key, key + ": " + why)));
  }

  /** A misspelt option of http: becomes a part of the query, unless somebody looks. */
  private void judgeOptions(Element element, Element uri, String address, boolean isFetch) {
    String scheme = address.split(":", 2)[0];
    Optional<EndpointOptions> known = surroundings.options().apply(scheme);
    List<Element> written = element.child("parameters").map(Element::children).orElse(List.of());
    if (known.isEmpty() || !uri.text().orElse("").startsWith(scheme)) {
      return;
    }
    for (Element option : written) {
      boolean isKnown = known.get().has(option.key()) || option.key().contains("{{");
      Set<String> names = known.get().names();
      boolean mayBeQuery = WEB.contains(scheme) && !isFetch;
      if (!isKnown && !(mayBeQuery && NearestName.of(option.key(), names).isEmpty())) {
        problems.accept(option.problem(CamelWords.noOption(option.key(), address, names)));
      }
    }
  }

  private void judgeFetching(Element element, Element uri, String text) {
    Optional<Element> parameters = element.child("parameters");
    FETCHING.forEach(
        (name, expected) -> {
          Optional<Element> option = parameters.flatMap(all -> all.child(name));
          String found =
              option.flatMap(Element::text).map(surroundings::resolved).orElse("nothing");
          String inUri = "[?&]" + name + "=" + Pattern.quote(expected) + "(&.*)?$";
          boolean isOtherProblem =
              isMisspelt(parameters, name)
                  || (found.startsWith("#")
                      && !surroundings.beans().containsKey(found.substring(1)));
          if (!isOtherProblem
              && !found.equals(expected)
              && !Pattern.compile(inUri).matcher(text).find()) {
            problems.accept(
                option
                    .orElse(uri)
                    .problem("option '" + name + "': expected " + expected + ", found " + found));
          }
        });
  }

  private boolean isMisspelt(Optional<Element> parameters, String name) {
    return parameters.map(Element::children).orElse(List.of()).stream()
        .anyMatch(
            option ->
                !option.key().equals(name)
                    && !FETCHING.containsKey(option.key())
                    && NearestName.of(option.key(), Set.of(name)).isPresent());
  }

  private static Map<String, String> fetching() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("disableStreamCache", "true");
    options.put("throwExceptionOnFailure", "false");
    options.put("headerFilterStrategy", "#originHeaders");
    options.put("httpClientConfigurer", "#originClient");
    return options;
  }
}
