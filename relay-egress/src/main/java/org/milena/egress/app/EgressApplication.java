package org.milena.egress.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Egress as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(EgressConfiguration.class)
public class EgressApplication {

  /** Starts it. */
  public static void main(String[] arguments) {
    SpringApplication.run(EgressApplication.class, arguments);
  }
}
