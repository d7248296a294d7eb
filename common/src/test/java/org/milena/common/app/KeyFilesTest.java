package org.milena.common.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  private static final int INSTANCES = 5;

  @RepeatedTest(20)
  void instancesThatStartTogetherGetTheSameKey(@TempDir Path site) throws Exception {
    Path folder = site.resolve("keys");
    CyclicBarrier together = new CyclicBarrier(INSTANCES);
    Set<Map<String, String>> keys = new HashSet<>();
    try (ExecutorService instances = Executors.newFixedThreadPool(INSTANCES)) {
      List<Future<Map<String, String>>> running = new ArrayList<>();
      for (int instance = 0; instance < INSTANCES; instance++) {
        running.add(
            instances.submit(() -> {
              together.await();
              return KeyFiles.load(folder, new SecureRandom()).fingerprints();
            }));
      }
      for (Future<Map<String, String>> one : running) {
        keys.add(one.get());
      }
    }
    assertThat(keys).hasSize(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName()))).containsExactly("a.key");
    }
  }
}
