package dev.dromedary.console;

import org.jolokia.core.api.LogHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes what Jolokia logs on; what it calls information is detail here. */
final class JolokiaLog implements LogHandler {

  private static final Logger LOG = LoggerFactory.getLogger(JolokiaLog.class);

  @Override
  public void debug(String message) {
    LOG.debug("msg=\"{}\"", message);
  }

  @Override
  public void info(String message) {
    LOG.debug("msg=\"{}\"", message);
  }

  @Override
  public void error(String message, Throwable cause) {
    LOG.warn("msg=\"{}\"", message, cause);
  }

  @Override
  public boolean isDebug() {
    return false;
  }
}
