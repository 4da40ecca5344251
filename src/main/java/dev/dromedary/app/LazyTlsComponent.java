package dev.dromedary.app;

import dev.dromedary.origin.LazyTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.HostnameVerifier;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Camel's {@code http} component, but that TLS of an endpoint is made ready with its first
 * connection. Parameters that are set are still judged at the start. The annotation is what Camel
 * finds the options of the component by; a subclass does not inherit it.
 */
@Component("http,https")
final class LazyTlsComponent extends HttpComponent {

  @Override
  protected TlsSocketStrategy createTlsStrategy(
      @Nullable HostnameVerifier verifier,
      @Nullable HostnameVerificationPolicy policy,
      @Nullable SSLContextParameters parameters,
      boolean usesSystemProperties)
      throws GeneralSecurityException, IOException {
    return parameters == null
        ? new LazyTls(() -> super.createTlsStrategy(verifier, policy, null, usesSystemProperties))
        : super.createTlsStrategy(verifier, policy, parameters, usesSystemProperties);
  }
}
