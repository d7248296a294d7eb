package org.milena.common.app;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.milena.common.failure.FailPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Warns of variables that look like ours and that nothing reads: a mistyped key in a file stops the
 * start, a mistyped variable would go unnoticed. It warns before any bean is made, since the start
 * may fail of just that.
 *
 * <p>What is known is what is read: the components of the settings' records, and the variables that
 * setting files name. {@link #ELSEWHERE} adds those that are read before there are settings.
 */
public final class VariablesCheck implements BeanFactoryPostProcessor {
  private static final Logger log = LoggerFactory.getLogger(VariablesCheck.class);

  /** Read by the launcher, the command line, the logging, or standalone's start. */
  public static final Set<String> ELSEWHERE =
      Set.of(
          "MILENA_AOT",
          "MILENA_CONSOLE_LEVEL",
          "MILENA_CORPUS",
          "MILENA_ELASTICSEARCH_HEAP",
          "MILENA_ELASTICSEARCH_PORT",
          "MILENA_ENGINES",
          "MILENA_FAILPOINT",
          "MILENA_JAVA_HOME",
          "MILENA_JAVA_OPTS",
          "MILENA_KAFKA_PORT",
          "MILENA_TOKEN",
          "MILENA_URL");

  private static final String OURS = "MILENA_";
  private static final Pattern NAMED = Pattern.compile("\\$\\{(" + OURS + "[A-Z0-9_]+)");

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    var unused = FailPoint.check();
    ConfigurableEnvironment environment = beans.getBean(ConfigurableEnvironment.class);
    PropertySource<?> variables =
        environment
            .getPropertySources()
            .get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    if (variables instanceof EnumerablePropertySource<?> set) {
      Set<String> known = known(environment, beans);
      Stream.of(set.getPropertyNames())
          .filter(name -> name.startsWith(OURS) && !isKnown(name, known))
          .sorted()
          .forEach(name -> log.warn("{}", sentence(name, known)));
    }
  }

  /** The variables that something reads; one that ends in {@code _} stands for all that follow. */
  private static Set<String> known(
      ConfigurableEnvironment environment, ConfigurableListableBeanFactory beans) {
    Set<String> known = new TreeSet<>(ELSEWHERE);
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> file) {
        for (String key : file.getPropertyNames()) {
          Matcher named = NAMED.matcher(String.valueOf(file.getProperty(key)));
          while (named.find()) {
            known.add(named.group(1));
          }
        }
      }
    }
    for (String bean : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
      Class<?> type = beans.getType(bean, false);
      ConfigurationProperties settings =
          type == null ? null : AnnotationUtils.findAnnotation(type, ConfigurationProperties.class);
      if (type != null && settings != null && settings.prefix().startsWith("milena")) {
        addComponents(known, settings.prefix(), type);
      }
    }
    return known;
  }

  private static void addComponents(Set<String> known, String prefix, Class<?> type) {
    if (!type.isRecord()) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + "." + kebab(component.getName());
      // Spring takes both forms of a name with hyphens
      known.add(variable(key.replace("-", "")));
      known.add(variable(key.replace('-', '_')));
      if (Iterable.class.isAssignableFrom(component.getType())
          || Map.class.isAssignableFrom(component.getType())) {
        known.add(variable(key.replace("-", "")) + "_");
      }
      addComponents(known, key, component.getType());
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static boolean isKnown(String name, Set<String> known) {
    return known.contains(name)
        || known.stream().anyMatch(one -> one.endsWith("_") && name.startsWith(one));
  }

  private static String sentence(String name, Set<String> known) {
    String start = "The variable " + name + " is set, and nothing in this process reads it";
    return nearest(name, known)
        .map(near -> start + ". Is " + near + " meant?")
        .orElse(start + "; docs/settings.md names all there are.");
  }

  /** The known name with the fewest changes, if they are few enough for a slip. */
  private static Optional<String> nearest(String name, Set<String> known) {
    return known.stream()
        .filter(one -> !one.endsWith("_"))
        .min(Comparator.comparingInt(one -> changes(name, one)))
        .filter(one -> changes(name, one) <= Math.max(2, (name.length() - OURS.length()) / 3));
  }

  /** How many letters differ: put in, left out or other (Levenshtein). */
  private static int changes(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int kept = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(kept, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
