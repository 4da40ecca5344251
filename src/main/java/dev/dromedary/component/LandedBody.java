package dev.dromedary.component;

import java.io.File;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * A verified file as the body of a message. It is a {@link File} for every endpoint; as text it is
 * its path, where that of any other file is its whole content, which no heap may have room for
 * (promise I4): a {@code log} step that shows the body must not end the service. Who wants the
 * content asks for a stream.
 */
public final class LandedBody extends File {

  private static final long serialVersionUID = 1;

  /** Creates the body of a file. */
  public LandedBody(Path file) {
    super(file.toString());
  }

  /** Lets a context convert it so. */
  public static void asTextIsItsPath(CamelContext context) {
    context
        .getTypeConverterRegistry()
        .addTypeConverter(
            String.class,
            LandedBody.class,
            new SimpleTypeConverter(false, (type, exchange, body) -> ((File) body).getPath()));
  }
}
