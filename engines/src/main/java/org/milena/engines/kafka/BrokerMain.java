package org.milena.engines.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.milena.engines.EngineStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker as a process of its own: {@code --data FOLDER [--port N] [--controller-port N]}.
 *
 * <p>When it serves, it logs one line, {@code ready 127.0.0.1:PORT}. SIGTERM stops it cleanly; a
 * kill loses nothing it acknowledged. It exits with 2 when it can't run with what it was given.
 */
public final class BrokerMain {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);
  private static final int UNFIT = 2;

  private BrokerMain() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedKafka broker;
    try {
      broker = EmbeddedKafka.start(settings(args));
    } catch (EngineStartException | IllegalArgumentException e) {
      LOG.error("{}", e.getMessage());
      System.exit(UNFIT);
      return;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("broker-stop")
                .unstarted(() -> {
                  broker.close();
                  stopped.countDown();
                }));
    LOG.info("ready {}", broker.bootstrapServers());
    stopped.await();
  }

  static EmbeddedKafkaSettings settings(String... args) {
    @Nullable Path data = null;
    int port = 0;
    int controllerPort = 0;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value.");
      }
      String value = args[i + 1];
      switch (args[i]) {
        case "--data" -> data = Path.of(value);
        case "--port" -> port = number(args[i], value);
        case "--controller-port" -> controllerPort = number(args[i], value);
        default -> throw new IllegalArgumentException("There is no option " + args[i] + ".");
      }
    }
    if (data == null) {
      throw new IllegalArgumentException("--data FOLDER is needed.");
    }
    return new EmbeddedKafkaSettings(data, port, controllerPort, Map.of());
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " is not a number: " + value + ".", e);
    }
  }
}
