package org.milena.standalone.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which name a container takes, with programs in place of Java and of the mount. */
@Timeout(60)
class StartScriptTest {
  private static final Path START = ComposeFile.ROOT.resolve("deploy/images/start");

  @TempDir Path folder;

  @BeforeEach
  void standIns() throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("instances"));
    program("java", "echo \"$MILENA_INSTANCE\"; exec cat");
    program("mountpoint", "exit 0");
  }

  @Test
  void takesTheFirstNumberThatNobodyHolds() throws Exception {
    try (Running first = start(Map.of());
        Running second = start(Map.of())) {
      assertThat(first.name).isEqualTo("1");
      assertThat(second.name).isEqualTo("2");
      first.kill();
      try (Running again = start(Map.of());
          Running third = start(Map.of())) {
        assertThat(again.name).isEqualTo("1");
        assertThat(third.name).isEqualTo("3");
      }
    }
    try (Running last = start(Map.of())) {
      assertThat(last.name).isEqualTo("1");
    }
  }

  @Test
  void numbersEachServiceByItself() throws Exception {
    try (Running one = start(Map.of());
        Running other = start(Map.of("SERVICE", "other"))) {
      assertThat(one.name).isEqualTo("1");
      assertThat(other.name).isEqualTo("1");
    }
  }

  @Test
  void isCalledAsItIsTold() throws Exception {
    try (Running named = start(Map.of("MILENA_INSTANCE", "anna"))) {
      assertThat(named.name).isEqualTo("anna");
    }
  }

  @Test
  void hasItsHostsNameWhereNothingIsShared() throws Exception {
    program("mountpoint", "exit 1");
    try (Running pod = start(Map.of("HOSTNAME", "pod-0"))) {
      assertThat(pod.name).isEqualTo("pod-0");
    }
  }

  private void program(String name, String script) throws IOException {
    Path file = folder.resolve("bin").resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Running start(Map<String, String> more) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", START.toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("MILENA_"));
    environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("INSTANCES", folder.resolve("instances").toString());
    environment.put("SERVICE", "some-service");
    environment.putAll(more);
    return new Running(builder.redirectErrorStream(true).start());
  }

  private static final class Running implements AutoCloseable {
    private final Process process;
    private final String name;

    Running(Process process) throws IOException {
      this.process = process;
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      this.name = String.valueOf(out.readLine());
    }

    /** As the kernel does it: nothing can be cleared up. */
    void kill() {
      assertThat(process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join())
          .matches(gone -> !gone.isAlive());
    }

    @Override
    public void close() {
      kill();
    }
  }
}
