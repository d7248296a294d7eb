package org.milena.common.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.Pipeline;
import org.milena.common.operations.Waiting;
import org.milena.common.web.OperationsPages;
import org.milena.common.web.PageLanguage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.LocaleResolver;

/** Pages that every service shows which shows pages at all. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.thymeleaf.ITemplateEngine")
class PagesConfiguration {

  /** The words of the pages: each room's catalogue lies in {@code texts/pages}. */
  @Bean
  MessageSource messageSource() throws IOException {
    ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
    for (Resource english :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:texts/pages/*_en.properties")) {
      String name = Objects.requireNonNull(english.getFilename());
      texts.addBasenames(
          "texts/pages/" + name.substring(0, name.length() - "_en.properties".length()));
    }
    texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
    texts.setFallbackToSystemLocale(false);
    texts.setDefaultLocale(Locale.ENGLISH);
    return texts;
  }

  @Bean
  LocaleResolver localeResolver() {
    return new PageLanguage();
  }

  @Bean
  OperationsPages operationsPages(
      Pipeline pipeline, DeadLetterBox letters, ObjectProvider<Waiting> waiting) {
    return new OperationsPages(pipeline, letters, waiting.orderedStream().toList());
  }
}
