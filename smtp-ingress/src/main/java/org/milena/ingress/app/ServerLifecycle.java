package org.milena.ingress.app;

import java.time.Duration;
import org.milena.ingress.net.SmtpServer;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the ports after everything else has started, and closes them before anything else stops.
 */
final class ServerLifecycle implements SmartLifecycle {
  private final SmtpServer server;
  private final Duration drain;
  private volatile boolean running;

  ServerLifecycle(SmtpServer server, Duration drain) {
    this.server = server;
    this.drain = drain;
  }

  @Override
  public void start() {
    server.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    server.stop(drain);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
