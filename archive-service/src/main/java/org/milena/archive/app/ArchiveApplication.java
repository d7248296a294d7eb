package org.milena.archive.app;

import org.milena.common.app.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The archive as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(ArchiveConfiguration.class)
public class ArchiveApplication {

  /** Starts it. */
  public static void main(String[] arguments) {
    ServiceProcess.run(ArchiveApplication.class, arguments);
  }
}
