package dev.dromedary.flow;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A running service, and an operator who reaches it by JMX. */
abstract class OperatedFlow extends RunningFlow {

  @SuppressWarnings("NullAway.Init")
  JmxClient client;

  @BeforeAll
  void connect() {
    client = JmxClient.connect();
  }

  @AfterAll
  void disconnect() throws Exception {
    client.close();
  }
}
