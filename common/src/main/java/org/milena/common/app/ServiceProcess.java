package org.milena.common.app;

import org.springframework.boot.SpringApplication;

/** A service as a process of its own. */
public final class ServiceProcess {

  private ServiceProcess() {}

  /**
   * Starts it; returns when it has started.
   *
   * @param application its configuration
   * @param arguments of the command line
   */
  public static void run(Class<?> application, String[] arguments) {
    Carriers.prepare();
    SpringApplication.run(application, arguments);
  }
}
