package dev.dromedary.origin;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.ProxyServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.StatusLine;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a proxy answers for itself from what it passes on: a refused {@code CONNECT}, whatever
 * its status, never counts as the server's answer. Stateless. Source: RFC 9110 §9.3.6, §15.5.8.
 */
final class ProxyAnswer {

  private static final int OK = 200;
  private static final int AUTHENTICATION_REQUIRED = 407;

  private ProxyAnswer() {}

  /** Says whether a proxy on a request's way reads it; what is within a tunnel it does not. */
  static boolean answers(HttpRequest request) {
    return asksForTunnel(request) || !"https".equalsIgnoreCase(request.getScheme());
  }

  static boolean asksForTunnel(HttpRequest request) {
    return "CONNECT".equals(request.getMethod());
  }

  /**
   * Makes sure that what was answered is the server's, or that there is a tunnel to it now.
   *
   * @throws DromedaryException when the proxy refuses, or cannot reach the server
   */
  static void require(ProxyServer proxy, HttpRequest request, HttpResponse response) {
    int status = response.getCode();
    if (status == AUTHENTICATION_REQUIRED) {
      String found = proxy.authorization().isEmpty() ? "none" : "others";
      String why = "expected credentials, found " + found + ": " + new StatusLine(response);
      throw refusal(FailureCode.PROXY_REFUSED, proxy, why, null);
    }
    if (asksForTunnel(request) && status != OK) {
      FailureCode code =
          status >= 500 || status == 429 ? FailureCode.PROXY_FAILED : FailureCode.PROXY_REFUSED;
      throw refusal(code, proxy, noTunnelTo(request) + new StatusLine(response), null);
    }
  }

  /** Returns that a proxy did not answer at all, or not in HTTP; nothing of it is asked twice. */
  static DromedaryException noTunnel(ProxyServer proxy, HttpRequest request, Exception why) {
    return refusal(FailureCode.PROXY_FAILED, proxy, noTunnelTo(request) + why.getMessage(), why);
  }

  private static String noTunnelTo(HttpRequest request) {
    return "expected a tunnel to " + request.getRequestUri() + ", found none: ";
  }

  private static DromedaryException refusal(
      FailureCode code, ProxyServer proxy, String why, @Nullable Exception cause) {
    return new DromedaryException(code, "proxy " + proxy + ": " + why, cause);
  }

  /** Returns why the proxy could not be reached, of the same kind, with its name. */
  static IOException unreached(ProxyServer proxy, IOException why) {
    String told = "proxy " + proxy + ": " + why.getMessage();
    if (why instanceof UnknownHostException) {
      return caused(new UnknownHostException(told), why);
    }
    if (why instanceof ConnectTimeoutException) {
      return caused(new ConnectTimeoutException(told), why);
    }
    return why instanceof ConnectException ? caused(new ConnectException(told), why) : why;
  }

  private static IOException caused(IOException told, IOException why) {
    told.initCause(why);
    return told;
  }
}
