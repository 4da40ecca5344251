package dev.dromedary.observe;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a JMX client is told about an MXBean, an attribute, an operation or a parameter. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface Described {

  /** Returns one sentence for an operator. */
  String value();

  /** Says of an operation whether it only looks; anything else may change what the service does. */
  boolean looksOnly() default false;
}
