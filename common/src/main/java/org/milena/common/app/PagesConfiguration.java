package org.milena.common.app;

import org.milena.common.operations.DeadLetterBox;
import org.milena.common.operations.Pipeline;
import org.milena.common.operations.Waiting;
import org.milena.common.web.OperationsPages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pages that every service shows which shows pages at all. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.thymeleaf.ITemplateEngine")
class PagesConfiguration {

  @Bean
  OperationsPages operationsPages(
      Pipeline pipeline, DeadLetterBox letters, ObjectProvider<Waiting> waiting) {
    return new OperationsPages(pipeline, letters, waiting.orderedStream().toList());
  }
}
