package org.milena.archive.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the child is started: with this process's Java and class path.
 *
 * <p>Where classes lie in a packed jar of Spring Boot, or beside its launcher, the system's class
 * loader has the launcher only; that one then starts the child's main class.
 */
final class ChildCommand {
  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";

  static List<String> of(Class<?> main, ReaderLimits limits) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("-Xmx" + limits.memory());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + nowhere(),
            "-Xshare:auto",
            "-Djava.awt.headless=true",
            "-Dorg.apache.commons.logging.LogFactory=org.apache.commons.logging.impl.LogFactoryImpl",
            "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
            "-Dpdfbox.fontcache=" + System.getProperty("java.io.tmpdir"),
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-cp",
            System.getProperty("java.class.path")));
    if (ClassLoader.getSystemResource(main.getName().replace('.', '/') + ".class") != null) {
      command.add(main.getName());
    } else {
      command.add(command.size() - 2, "-Dloader.main=" + main.getName());
      command.add(LAUNCHER);
    }
    command.add(Long.toString(limits.time().toMillis()));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String nowhere() {
    return File.separatorChar == '/' ? "/dev/null" : "NUL";
  }

  private ChildCommand() {}
}
