package org.milena.common.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class VariablesCheckTest {

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({MilenaProperties.class, DoorProperties.class})
  @Import(VariablesCheck.class)
  static class Settings {}

  @ConfigurationProperties(prefix = "milena.door")
  record DoorProperties(
      @Nullable Duration openFor, @Nullable Hinge hinge, @Nullable List<String> colours) {
    record Hinge(@Nullable String oilKind) {}
  }

  @Test
  void isSilentAboutWhatIsRead() {
    assertThat(
            said(
                "MILENA_KAFKA",
                "MILENA_MAIL_MAXSIZE",
                "MILENA_MAIL_MAX_SIZE",
                "MILENA_SITE_URL",
                "MILENA_DOOR_OPENFOR",
                "MILENA_DOOR_HINGE_OILKIND",
                "MILENA_DOOR_COLOURS",
                "MILENA_DOOR_COLOURS_0_",
                "MILENA_SHORT_NAME",
                "MILENA_TOKEN",
                "PATH",
                "KAFKA_MILENA"))
        .isEmpty();
  }

  @Test
  void namesASlipAndWhatIsMeant() {
    assertThat(said("MILENA_KAFAK", "MILENA_DOOR_OPEN_FRO", "MILENA_SHRT_NAME"))
        .containsExactly(
            "The variable MILENA_DOOR_OPEN_FRO is set, and nothing in this process reads it. Is"
                + " MILENA_DOOR_OPEN_FOR meant?",
            "The variable MILENA_KAFAK is set, and nothing in this process reads it. Is"
                + " MILENA_KAFKA meant?",
            "The variable MILENA_SHRT_NAME is set, and nothing in this process reads it. Is"
                + " MILENA_SHORT_NAME meant?");
  }

  @Test
  void doesNotGuessWildly() {
    assertThat(said("MILENA_FAVOURITE_WINDOW"))
        .singleElement()
        .asString()
        .endsWith("; docs/settings.md names all there are.");
  }

  @Test
  void warnsThoughTheStartFailsOfIt() {
    List<String> said = said(Failing.class, "MILENA_KAFAK");
    assertThat(said).hasSize(1);
  }

  @Configuration(proxyBeanMethods = false)
  static class Failing {
    @Bean
    Object broker() {
      throw new IllegalStateException("Kafka does not answer");
    }
  }

  private static List<String> said(String... variables) {
    return said(Settings.class, variables);
  }

  private static List<String> said(Class<?> more, String... variables) {
    Map<String, Object> set = new LinkedHashMap<>();
    for (String variable : variables) {
      set.put(variable, "1");
    }
    Logger logger = (Logger) LoggerFactory.getLogger(VariablesCheck.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.setLevel(Level.WARN); // whatever another test's application made of it
    logger.addAppender(lines);
    try {
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class, more)
          .withInitializer(context -> {
            var sources = context.getEnvironment().getPropertySources();
            sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, set));
            sources.addLast(
                new MapPropertySource("file", Map.of("some.key", "${MILENA_SHORT_NAME:1}")));
          })
          .run(context -> assertThat(context).isNotNull());
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
    assertThat(lines.list).allMatch(line -> line.getLevel() == Level.WARN);
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
