package dev.dromedary.app;

import dev.dromedary.lint.CamelWords;
import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.MainConfigurationPropertiesConfigurer;

/** The keys that go to Camel, where it refuses one: told like a key of ours, at its line. */
final class CamelKeys {

  private static final String MAIN = "camel.main.";
  private static final Pattern BINDING =
      Pattern.compile("Error binding property \\((camel\\.[^=]+)=");
  private static final Pattern CONFIGURING =
      Pattern.compile(
          "Error configuring property: (camel\\.\\S+) because (.*?)(?:\\. Make sure.*)?");

  private CamelKeys() {}

  /** Returns what Camel has against a key, when it is a key that it refused. */
  static Optional<Problem> problem(Throwable thrown, RunRequest request) {
    for (Throwable link = thrown; link != null; link = link.getCause()) {
      String said = String.valueOf(link.getMessage());
      Matcher binding = BINDING.matcher(said);
      if (binding.lookingAt()) {
        return Optional.of(at(request, binding.group(1), why(binding.group(1), link)));
      }
      Matcher configuring = CONFIGURING.matcher(said);
      if (configuring.matches()) {
        return Optional.of(at(request, configuring.group(1), configuring.group(2)));
      }
    }
    return Optional.empty();
  }

  private static Problem at(RunRequest request, String key, String why) {
    return SettingPlaces.problem(request, key, key + ": " + why);
  }

  /** An unknown key has no other cause than that; a value that does not fit has. */
  private static String why(String key, Throwable refused) {
    Throwable innermost = refused;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    if (!(innermost instanceof PropertyBindingException)) {
      return CamelWords.of(
          String.valueOf(innermost.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " "));
    }
    List<String> known = new ArrayList<>();
    if (key.startsWith(MAIN)) {
      new MainConfigurationPropertiesConfigurer()
          .getAllOptions(new MainConfigurationProperties())
          .keySet()
          .forEach(option -> known.add(MAIN + uncapitalized(option)));
    }
    return "expected a key that Camel knows" + NearestName.hint(key, known);
  }

  private static String uncapitalized(String option) {
    return Character.toLowerCase(option.charAt(0)) + option.substring(1);
  }
}
