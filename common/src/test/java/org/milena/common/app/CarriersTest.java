package org.milena.common.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;

/** In processes of their own, for carriers are made once for each. */
class CarriersTest {
  private static final int LIMIT_S = 60;

  @TempDir Path folder;

  @Test
  void goesOnWhileManyWaitForOneClass() throws Exception {
    assertThat(run(List.of())).isEqualTo("16 carriers, and it goes on");
  }

  @Test
  void leavesTheirNumberToTheCommandLine() throws Exception {
    assertThat(run(List.of("-Djdk.virtualThreadScheduler.parallelism=12")))
        .isEqualTo("12 carriers, and it goes on");
  }

  @Test
  void areReadyWhereAServiceStarts() throws Exception {
    assertThat(run(Tiny.class, List.of())).contains("parallelism 16");
  }

  private String run(List<String> options) throws IOException, InterruptedException {
    return run(Crowd.class, options);
  }

  private String run(Class<?> program, List<String> options)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:ActiveProcessorCount=2");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve("errors").toFile())
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS))
          .as("it ends: %s", Files.readString(folder.resolve("errors")))
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output).strip();
  }

  /** More threads than there are cores want a class that only one behind them can finish. */
  static final class Crowd {
    private static final int THREADS = 8;
    private static final CountDownLatch GO_ON = new CountDownLatch(1);

    /** Its initialiser waits. */
    static final class Slow {
      static final boolean DONE = await();

      private static boolean await() {
        try {
          return GO_ON.await(LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private Crowd() {}

    public static void main(String[] arguments) throws InterruptedException {
      Carriers.prepare();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        threads.add(Thread.ofVirtual().start(() -> check(Slow.DONE)));
      }
      threads.add(Thread.ofVirtual().start(GO_ON::countDown));
      for (Thread thread : threads) {
        thread.join();
      }
      check(Slow.DONE);
      System.out.printf(
          "%s carriers, and it goes on%n",
          System.getProperty("jdk.virtualThreadScheduler.parallelism"));
    }

    private static void check(boolean done) {
      if (!done) {
        throw new IllegalStateException("nobody could go on");
      }
    }
  }

  /** A service that has nothing to do. */
  @SpringBootConfiguration
  static class Tiny {
    public static void main(String[] arguments) {
      ServiceProcess.run(Tiny.class, new String[] {"--spring.main.web-application-type=none"});
      System.out.println(
          "parallelism " + System.getProperty("jdk.virtualThreadScheduler.parallelism"));
    }
  }
}
