package org.milena.scanner.app;

import org.milena.common.app.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The scanner as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(ScannerConfiguration.class)
public class ScannerApplication {

  /** Starts it. */
  public static void main(String[] arguments) {
    ServiceProcess.run(ScannerApplication.class, arguments);
  }
}
