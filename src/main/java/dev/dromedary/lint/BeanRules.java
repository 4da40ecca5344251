package dev.dromedary.lint;

import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every bean that is named is there, and has the method that is called. */
final class BeanRules {

  private static final Set<String> CALLS = Set.of("bean", "method", "policy", "process");
  private static final Pattern URI = Pattern.compile("bean:(?://)?([^?{}]+)(?:\\?(.*))?");
  private static final Pattern METHOD = Pattern.compile("(?:^|&)method=([^&]*)");

  private final Map<String, Class<?>> types;
  private final Set<String> names;
  private final Consumer<Problem> problems;

  /** Creates the rules; {@code others} are beans of which only the name is known. */
  BeanRules(Map<String, Class<?>> types, Set<String> others, Consumer<Problem> problems) {
    this.types = types;
    this.names = new TreeSet<>(others);
    this.names.addAll(types.keySet());
    this.problems = problems;
  }

  void judge(Element element) {
    String key = element.key();
    Optional<String> text = element.text();
    if (element.isMap() && CALLS.contains(key)) {
      element.child("ref").ifPresent(ref -> judgeCall(ref, element.child("method")));
    } else if (text.isPresent()) {
      String value = text.get();
      Matcher uri = URI.matcher(value);
      if (value.matches("#(?:bean:)?[^:{}]+")) {
        judgeName(element, value.replaceFirst("^#(?:bean:)?", ""));
      } else if (key.endsWith("Ref") || key.equals("executorService")) {
        judgeName(element, value);
      } else if (key.equals("uri") && uri.matches() && judgeName(element, uri.group(1))) {
        Matcher method = METHOD.matcher(String.valueOf(uri.group(2)));
        if (method.find()) {
          judgeMethod(element, uri.group(1), method.group(1));
        }
      }
    }
  }

  private void judgeCall(Element ref, Optional<Element> method) {
    String name = ref.text().orElse("").replaceFirst("^#(?:bean:)?", "");
    if (!ref.text().orElse("#").startsWith("#") && !judgeName(ref, name)) {
      return;
    }
    method.ifPresent(
        called -> called.text().ifPresent(written -> judgeMethod(called, name, written)));
  }

  private boolean judgeName(Element element, String name) {
    boolean isJudged = !name.isBlank() && !name.contains("{{") && !name.contains(".");
    if (isJudged && !names.contains(name)) {
      problems.accept(
          element.problem(
              element.key()
                  + " '"
                  + name
                  + "': expected a known bean"
                  + NearestName.hint(name, names)));
      return false;
    }
    return true;
  }

  private void judgeMethod(Element element, String bean, String written) {
    Class<?> type = types.get(bean);
    String name = written.replaceFirst("\\(.*", "").strip();
    if (type == null || name.isEmpty() || name.contains("{{")) {
      return;
    }
    Set<String> methods =
        Arrays.stream(type.getMethods())
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!methods.contains(name)) {
      List<String> own =
          Arrays.stream(type.getMethods())
              .filter(method -> method.getDeclaringClass() != Object.class)
              .map(Method::getName)
              .distinct()
              .sorted()
              .toList();
      problems.accept(
          element.problem(
              "method '" + name + "' of bean '" + bean + "': " + NearestName.oneOf(name, own)));
    }
  }
}
