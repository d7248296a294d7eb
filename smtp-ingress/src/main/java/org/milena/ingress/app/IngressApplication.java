package org.milena.ingress.app;

import org.milena.common.app.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The SMTP edge as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {KafkaAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@Import(IngressConfiguration.class)
public class IngressApplication {

  /** Starts it. */
  public static void main(String[] arguments) {
    ServiceProcess.run(IngressApplication.class, arguments);
  }
}
