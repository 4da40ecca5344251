package dev.dromedary.app;

import dev.dromedary.lint.EndpointOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurerGetter;

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
      String made = service.getProperty("class");
      EndpointUriFactory factory = built(loader, made, EndpointUriFactory.class);
      EndpointOptions told =
          new EndpointOptions(
              factory.propertyNames(),
              Set.copyOf(factory.multiValuePrefixes().values()),
              types(loader, made),
              factory.isLenientProperties());
      return Optional.of(scheme.equals("quartz") ? QuartzOptions.spelt(told) : told);
    } catch (IOException | ReflectiveOperationException | ClassCastException e) {
      return Optional.empty();
    }
  }

  /** Two schemes of one component have a factory each, and one configurer beside it. */
  private static Function<String, Optional<Class<?>>> types(ClassLoader loader, String factory) {
    String configurer = factory.replaceFirst("UriFactory$", "Configurer");
    try {
      PropertyConfigurerGetter getter = built(loader, configurer, PropertyConfigurerGetter.class);
      return name -> Optional.ofNullable(getter.getOptionType(name, true));
    } catch (ReflectiveOperationException | ClassCastException e) {
      return name -> Optional.empty();
    }
  }

  private static <T> T built(ClassLoader loader, String name, Class<T> type)
      throws ReflectiveOperationException {
    return loader.loadClass(name).asSubclass(type).getDeclaredConstructor().newInstance();
  }
}
