package org.milena.standalone.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.milena.common.app.Carriers;
import org.milena.common.failure.OutageException;
import org.milena.common.failure.UnfitException;
import org.milena.engines.EngineStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.system.ApplicationHome;

/**
 * The whole of Milena in this process: takes the data folder, starts the engines, then the
 * services; stops them in the opposite order.
 */
public final class Standalone {

  /** Exit code when it can't run with what it was given; the last line it says tells why. */
  public static final int UNFIT = 2;

  private static final String LOGGING = "logback-standalone.xml";

  private Standalone() {}

  /** Free ports, so that a rehearsal meets nobody. */
  private static final String[] ANY_PORTS = {
    "--server.port=0",
    "--server.address=127.0.0.1",
    "--milena.ingress.bind=127.0.0.1",
    "--milena.ingress.smtp-port=0",
    "--milena.ingress.submission-port=0",
    "--milena.ingress.submissions-port=0"
  };

  /**
   * Runs until the process is told to stop.
   *
   * @param environment variables by name
   * @return the exit code when it did not start
   */
  public static int run(Map<String, String> environment) throws InterruptedException {
    return run(environment, new CountDownLatch(1));
  }

  /**
   * Starts on free ports and returns when all is up; the end of the process stops it.
   *
   * @return the exit code
   */
  public static int rehearse(Map<String, String> environment) throws InterruptedException {
    return run(environment, new CountDownLatch(0), ANY_PORTS);
  }

  private static int run(Map<String, String> environment, CountDownLatch until, String... arguments)
      throws InterruptedException {
    Carriers.prepare();
    Path program = new ApplicationHome(Standalone.class).getDir().toPath();
    StandaloneSettings settings;
    try {
      settings = StandaloneSettings.of(environment, program);
    } catch (UnfitException e) {
      prepareLogging(Path.of("data"));
      log().error("Milena does not start. {}", e.getMessage());
      return UNFIT;
    }
    prepareLogging(settings.data());
    return run(settings, until, arguments);
  }

  private static int run(StandaloneSettings settings, CountDownLatch until, String... arguments)
      throws InterruptedException {
    Running running = new Running(settings, arguments);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(running::close));
    try {
      running.start();
    } catch (RuntimeException e) {
      Optional<String> sentence = sentence(e);
      if (sentence.isPresent()) {
        log().error("Milena does not start. {}", sentence.get());
        return UNFIT;
      }
      log().error("Milena does not start; more is in {}.", settings.logs(), e);
      return 1;
    }
    until.await();
    return 0;
  }

  /** What an operator can act on without a stack trace. */
  private static Optional<String> sentence(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(cause ->
            cause instanceof EngineStartException
                || cause instanceof UnfitException
                || cause instanceof OutageException)
        .map(cause -> String.valueOf(cause.getMessage()))
        .findFirst();
  }

  /** Before the first logger is made. */
  private static void prepareLogging(Path data) {
    System.setProperty("milena.log.folder", data.resolve("logs").toString());
    System.setProperty("logback.configurationFile", LOGGING);
    System.setProperty("logging.config", "classpath:" + LOGGING);
    log().debug("Logging to {}", data);
    // Spring Boot warns of it.
    System.clearProperty("logback.configurationFile");
  }

  /** Not a constant: no logger may be made before the logging is prepared. */
  private static Logger log() {
    return LoggerFactory.getLogger(Standalone.class);
  }
}
