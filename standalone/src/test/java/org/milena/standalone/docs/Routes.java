package org.milena.standalone.docs;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.web.MockServletContext;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the controllers of all services answer to, as Spring reads their annotations. */
final class Routes {

  /**
   * One of them.
   *
   * @param path with plain names of variables: {@code /api/v1/trace/{key}}
   * @param consumes media types of the body, empty when any will do
   */
  record Route(String method, String path, Set<String> consumes, Method handler) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Those below this path, in order. */
  static List<Route> below(String prefix) {
    Mapping mapping = new Mapping();
    List<Route> routes = new ArrayList<>();
    for (Class<?> controller : controllers()) {
      MetadataLookup<RequestMappingInfo> lookup =
          method -> mapping.getMappingForMethod(method, controller);
      MethodIntrospector.selectMethods(controller, lookup)
          .forEach((method, info) -> add(routes, prefix, method, info));
    }
    routes.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
    return routes;
  }

  private static void add(
      List<Route> routes, String prefix, Method handler, RequestMappingInfo info) {
    Set<String> consumes =
        info.getConsumesCondition().getConsumableMediaTypes().stream()
            .map(Object::toString)
            .collect(Collectors.toSet());
    for (String pattern : info.getPatternValues()) {
      for (RequestMethod verb : info.getMethodsCondition().getMethods()) {
        if (pattern.startsWith(prefix)) {
          String path = pattern.replaceAll("\\{\\*?(\\w+)(:[^}]*)?}", "{$1}");
          routes.add(new Route(verb.name(), path, consumes, handler));
        }
      }
    }
  }

  private static List<Class<?>> controllers() {
    var scan = new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
    List<Class<?>> found = new ArrayList<>();
    for (BeanDefinition definition : scan.findCandidateComponents("org.milena")) {
      found.add(
          ClassUtils.resolveClassName(
              String.valueOf(definition.getBeanClassName()), Routes.class.getClassLoader()));
    }
    return found;
  }

  /** Reads annotations as the real one does, and maps nothing. */
  private static final class Mapping extends RequestMappingHandlerMapping {
    Mapping() {
      StaticWebApplicationContext context = new StaticWebApplicationContext();
      context.setServletContext(new MockServletContext());
      context.refresh();
      setApplicationContext(context);
      afterPropertiesSet();
    }

    @Override
    protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> type) {
      return super.getMappingForMethod(method, type);
    }
  }

  private Routes() {}
}
