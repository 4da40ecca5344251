package dev.dromedary.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/** A JMX client over a socket, so that what it gets has been through serialisation. */
final class JmxClient implements AutoCloseable {

  private final JMXConnectorServer server;
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  /** The address is that of the server beside it: nobody else's objects are read. */
  @SuppressWarnings("BanJNDI")
  private JmxClient(JMXConnectorServer server) throws IOException {
    this.server = server;
    server.start();
    this.connector = JMXConnectorFactory.connect(server.getAddress());
    this.beans = connector.getMBeanServerConnection();
  }

  static JmxClient connect() {
    try {
      return new JmxClient(
          JMXConnectorServerFactory.newJMXConnectorServer(
              new JMXServiceURL("rmi", "127.0.0.1", 0),
              null,
              ManagementFactory.getPlatformMBeanServer()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MBeanServerConnection beans() {
    return beans;
  }

  <T> T bean(String name, Class<T> type) {
    return JMX.newMXBeanProxy(beans, name(name), type);
  }

  static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(text, e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
    server.stop();
  }
}
