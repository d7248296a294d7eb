package org.milena.engines.search;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process with a server, for tests that kill it: {@code DISTRIBUTION DATA}. */
final class ServerStarter {

  static final String READY = "server is ready";

  private static final Logger LOG = LoggerFactory.getLogger(ServerStarter.class);

  private ServerStarter() {}

  public static void main(String[] args) throws InterruptedException {
    ElasticsearchProcess server =
        ElasticsearchProcess.start(
            ElasticsearchSettings.of(Path.of(args[0]), Path.of(args[1]))
                .withRuntimeFolder(Path.of("target", "elasticsearch-runtime"))
                .withHeapMegabytes(256));
    LOG.info("{}, process {}", READY, server.pid());
    new CountDownLatch(1).await();
  }
}
