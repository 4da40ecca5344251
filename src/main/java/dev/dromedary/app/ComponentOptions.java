package dev.dromedary.app;

import dev.dromedary.lint.EndpointOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.spi.EndpointUriFactory;

/** The options of endpoints, as a component of Camel was built with them; ours has no list. */
final class ComponentOptions {

  private static final String FACTORIES = "META-INF/services/org/apache/camel/urifactory/";

  private ComponentOptions() {}

  /** Returns the options of the endpoints of a scheme, where there is a list of them. */
  static Optional<EndpointOptions> of(String scheme) {
    ClassLoader loader = ComponentOptions.class.getClassLoader();
    if (loader == null || !scheme.matches("[a-z][a-z0-9+.-]*")) {
      return Optional.empty();
    }
    try (InputStream text = loader.getResourceAsStream(FACTORIES + scheme + "-endpoint")) {
      if (text == null) {
        return Optional.empty();
      }
      Properties service = new Properties();
      service.load(text);
      EndpointUriFactory factory =
          loader
              .loadClass(service.getProperty("class"))
              .asSubclass(EndpointUriFactory.class)
              .getDeclaredConstructor()
              .newInstance();
      EndpointOptions told =
          new EndpointOptions(
              factory.propertyNames(), Set.copyOf(factory.multiValuePrefixes().values()));
      return Optional.of(scheme.equals("quartz") ? QuartzOptions.spelt(told) : told);
    } catch (IOException | ReflectiveOperationException | ClassCastException e) {
      return Optional.empty();
    }
  }
}
