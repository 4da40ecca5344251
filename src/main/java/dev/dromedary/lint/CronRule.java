package dev.dromedary.lint;

import dev.dromedary.transfer.Problem;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quartz takes some of what it does not understand for something else, and fails with other. */
final class CronRule {

  private static final Pattern IN_QUERY = Pattern.compile("[?&]cron=([^&]*)");

  private final Surroundings surroundings;
  private final Consumer<Problem> problems;

  CronRule(Surroundings surroundings, Consumer<Problem> problems) {
    this.surroundings = surroundings;
    this.problems = problems;
  }

  void judge(Element element) {
    Element uri = element.child("uri").orElse(element);
    String address = uri.text().orElse("");
    if (!element.key().equals("from") || !address.startsWith("quartz:")) {
      return;
    }
    element
        .child("parameters")
        .flatMap(all -> all.child("cron"))
        .ifPresent(cron -> judge(cron, cron.text().orElse("")));
    Matcher query = IN_QUERY.matcher(address);
    if (query.find()) {
      judge(uri, query.group(1).replace("%20", " "));
    }
  }

  private void judge(Element element, String written) {
    String cron = surroundings.resolved(written).replace('+', ' ');
    if (!cron.isEmpty() && !cron.contains("{{")) {
      surroundings.cron().apply(cron).map(element::problem).ifPresent(problems);
    }
  }
}
