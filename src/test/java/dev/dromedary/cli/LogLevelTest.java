package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLevelTest {

  private final Properties before = new Properties();

  @BeforeEach
  void forgetWhatIsSet() {
    before.putAll(System.getProperties());
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("dromedary.log."));
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  @Test
  void debugIsTheProgramsOwnTalk_notThatOfLibraries() {
    LogLevel.DEBUG.apply();

    assertThat(System.getProperty("dromedary.log.level")).isEqualTo("DEBUG");
    assertThat(System.getProperty("dromedary.log.libraries")).isEqualTo("WARN");
  }
}
