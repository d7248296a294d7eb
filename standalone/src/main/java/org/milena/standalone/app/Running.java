package org.milena.standalone.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.milena.engines.FolderLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What runs, in the order it was started. It may be told to stop at any moment of its start: then
 * what has begun is stopped, and the rest is not begun.
 */
final class Running implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Running.class);

  /**
   * How much of the received mail is scanned again after a loss of power: the note that a mail was
   * scanned may have been kept and what became of it not. All else is on the disk after two
   * seconds; the rest is for a slow one.
   */
  private static final Duration AFTER_LOST_POWER = Duration.ofMinutes(5);

  private final StandaloneSettings settings;
  private final List<String> arguments;
  private final ReentrantLock turn = new ReentrantLock();
  private final Deque<Part> parts = new ArrayDeque<>();
  private boolean stopping;

  /**
   * @param arguments settings of the services that win over all others, as Spring takes them
   */
  Running(StandaloneSettings settings, String... arguments) {
    this.settings = settings;
    this.arguments = List.of(arguments);
  }

  /** One thing that runs. */
  private record Part(String name, Runnable stop) {}

  /** Starts all and returns when mail is taken. */
  void start() {
    step(() -> {
      FolderLock lock = FolderLock.take(settings.data(), "Milena");
      parts.push(new Part("the data folder", lock::close));
    });
    step(() -> {
      Engines engines = Engines.start(settings);
      parts.push(new Part("the engines", engines::close));
      started(engines);
    });
  }

  private void started(Engines engines) {
    step(() -> {
      ConfigurableApplicationContext context = services(engines);
      parts.push(new Part("the services", context::close));
      RunFile runFile = RunFile.in(settings.data());
      parts.push(new Part("the announcement", runFile::delete));
      Announcement announcement = Announcement.of(context.getEnvironment(), settings, engines);
      runFile.write(announcement.facts());
      announcement.say();
      if (engines.lostPower()) {
        engines.settleLostPower();
      }
    });
  }

  private ConfigurableApplicationContext services(Engines engines) {
    SpringApplication application = new SpringApplication(StandaloneConfiguration.class);
    // We stop the services ourselves, before the engines.
    application.setRegisterShutdownHook(false);
    // The services' own files are for processes of their own.
    application.setDefaultProperties(Map.of("spring.config.name", "standalone"));
    List<String> all = new ArrayList<>(arguments);
    all.add("--milena.kafka=" + engines.kafkaAddress());
    all.add("--milena.elasticsearch=" + engines.elasticsearchUrl());
    all.add("--milena.data=" + settings.data());
    if (engines.lostPower()) {
      all.add("--milena.scanner.read-again=" + AFTER_LOST_POWER);
    }
    return application.run(all.toArray(String[]::new));
  }

  private void step(Runnable work) {
    turn.lock();
    try {
      if (!stopping) {
        work.run();
      }
    } finally {
      turn.unlock();
    }
  }

  /** Stops what runs, the last first. */
  @Override
  public void close() {
    turn.lock();
    try {
      stopping = true;
      while (!parts.isEmpty()) {
        Part part = parts.pop();
        long began = System.nanoTime();
        try {
          part.stop().run();
        } catch (RuntimeException e) {
          log.error("Stopping {} failed", part.name(), e);
        }
        log.info("Stopped {} in {} ms", part.name(), (System.nanoTime() - began) / 1_000_000);
      }
    } finally {
      turn.unlock();
    }
  }
}
