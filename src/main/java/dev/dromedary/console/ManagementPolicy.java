package dev.dromedary.console;

import java.util.EnumSet;
import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What may be asked of the beans of this process over HTTP: to read ours, Camel's and the virtual
 * machine's, and to command ours. Whatever is not named here is refused. Pure.
 */
final class ManagementPolicy implements Restrictor {

  static final String OWN_DOMAIN = "dev.dromedary";

  private static final String CAMEL = "org.apache.camel";

  private static final Set<String> READABLE = Set.of(OWN_DOMAIN, CAMEL, "java.lang");

  /** What the flow is drawn of; endpoints and services would tell what their URIs carry. */
  private static final Set<String> CAMEL_TYPES = Set.of("routes", "processors", "context");

  private static final Set<RequestType> TYPES =
      EnumSet.of(
          RequestType.READ,
          RequestType.LIST,
          RequestType.SEARCH,
          RequestType.VERSION,
          RequestType.EXEC,
          RequestType.WRITE);

  /** Options and properties of the process may carry secrets of whoever started it. */
  private static final Set<String> HIDDEN_ATTRIBUTES =
      Set.of("SystemProperties", "InputArguments", "GlobalOptions");

  @Override
  public boolean isHttpMethodAllowed(HttpMethod method) {
    return method == HttpMethod.GET || method == HttpMethod.POST;
  }

  @Override
  public boolean isTypeAllowed(RequestType type) {
    return TYPES.contains(type);
  }

  @Override
  public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
    boolean isShown =
        !name.getDomain().equals(CAMEL)
            || name.isPattern()
            || CAMEL_TYPES.contains(String.valueOf(name.getKeyProperty("type")));
    return READABLE.contains(name.getDomain())
        && isShown
        && (attribute == null || !HIDDEN_ATTRIBUTES.contains(attribute));
  }

  @Override
  public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
    return isCommandable(name);
  }

  @Override
  public boolean isOperationAllowed(ObjectName name, String operation) {
    return isCommandable(name);
  }

  @Override
  public boolean isRemoteAccessAllowed(String... hostOrAddress) {
    return true;
  }

  /** The gate has judged the origin already. */
  @Override
  public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
    return true;
  }

  @Override
  public boolean isObjectNameHidden(ObjectName name) {
    return !name.isDomainPattern() && !READABLE.contains(name.getDomain());
  }

  private static boolean isCommandable(ObjectName name) {
    return !name.isPattern() && name.getDomain().equals(OWN_DOMAIN);
  }
}
