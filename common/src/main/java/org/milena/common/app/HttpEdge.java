package org.milena.common.app;

import org.milena.common.web.BodyLimitFilter;
import org.milena.common.web.EscapedErrors;
import org.milena.common.web.ProblemValve;
import org.milena.common.web.ProblemWriter;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.firewall.HttpFirewall;

/** What stands before and behind everything that answers HTTP: limits, and answers to nonsense. */
@Configuration(proxyBeanMethods = false)
class HttpEdge {

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimit(ProblemWriter problems) {
    FilterRegistrationBean<BodyLimitFilter> filter =
        new FilterRegistrationBean<>(new BodyLimitFilter(problems));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  HttpFirewall pathFirewall() {
    return new PathFirewall();
  }

  @Bean
  EscapedErrors escapedErrors() {
    return new EscapedErrors();
  }

  /**
   * An encoded slash is left to the firewall behind, which mostly refuses it with an answer of
   * ours; Tomcat's own refusals are made readable by a valve.
   */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> tomcatEdge() {
    return tomcat -> {
      tomcat.addConnectorCustomizers(connector -> {
        connector.setEncodedSolidusHandling("passthrough");
        connector.setEncodedReverseSolidusHandling("passthrough");
        // the largest of all forms; less is the filter's business
        connector.setMaxPostSize(BodyLimitFilter.POST);
      });
      tomcat.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    };
  }
}
