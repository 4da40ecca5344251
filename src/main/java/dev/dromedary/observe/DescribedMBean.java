package dev.dromedary.observe;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Optional;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationEmitter;
import javax.management.StandardEmitterMBean;

/**
 * An MXBean whose descriptions, parameter names and impacts are those of its interface, so that any
 * JMX client tells them. Thread-safe when the bean is.
 */
public final class DescribedMBean extends StandardEmitterMBean {

  private final Class<?> face;

  private <T> DescribedMBean(T bean, Class<T> face, NotificationEmitter emitter) {
    super(bean, face, true, emitter);
    this.face = face;
  }

  /** Wraps a bean, which answers, and an emitter, which sends its notifications. */
  public static <T> DescribedMBean of(T bean, Class<T> face, NotificationEmitter emitter) {
    return new DescribedMBean(bean, face, emitter);
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    Described described = face.getAnnotation(Described.class);
    return described == null ? face.getSimpleName() : described.value();
  }

  @Override
  protected String getDescription(MBeanFeatureInfo info) {
    return info.getDescription();
  }

  @Override
  protected String getDescription(MBeanAttributeInfo info) {
    return method("get" + info.getName(), 0)
        .or(() -> method("is" + info.getName(), 0))
        .map(getter -> getter.getAnnotation(Described.class))
        .map(Described::value)
        .orElse(info.getName());
  }

  @Override
  protected String getDescription(MBeanOperationInfo info) {
    return described(info).map(Described::value).orElse(info.getName());
  }

  @Override
  protected int getImpact(MBeanOperationInfo info) {
    boolean looks = described(info).filter(Described::looksOnly).isPresent();
    return looks ? MBeanOperationInfo.INFO : MBeanOperationInfo.ACTION;
  }

  @Override
  protected String getParameterName(
      MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
    return parameter(operation, index).map(Parameter::getName).orElse(parameter.getName());
  }

  @Override
  protected String getDescription(
      MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
    return parameter(operation, index)
        .map(found -> found.getAnnotation(Described.class))
        .map(Described::value)
        .orElse(parameter.getName());
  }

  private Optional<Described> described(MBeanOperationInfo info) {
    return method(info.getName(), info.getSignature().length)
        .map(operation -> operation.getAnnotation(Described.class));
  }

  private Optional<Parameter> parameter(MBeanOperationInfo info, int index) {
    return method(info.getName(), info.getSignature().length)
        .map(operation -> operation.getParameters()[index]);
  }

  private Optional<Method> method(String name, int parameters) {
    return Arrays.stream(face.getMethods())
        .filter(method -> method.getName().equals(name))
        .filter(method -> method.getParameterCount() == parameters)
        .findFirst();
  }
}
