package org.milena.egress.app;

import org.milena.common.app.ServiceProcess;
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
    ServiceProcess.run(EgressApplication.class, arguments);
  }
}
