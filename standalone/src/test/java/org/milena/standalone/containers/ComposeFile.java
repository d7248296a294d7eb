package org.milena.standalone.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code docker-compose.yml} says, so that tests run with the same images and settings. */
final class ComposeFile {
  /** The folder it lies in. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Map<?, ?> SERVICES = services();

  /** The image of a service. */
  static String image(String service) {
    return String.valueOf(service(service).get("image"));
  }

  /** The environment of a service. */
  static Map<String, String> environment(String service) {
    Map<String, String> environment = new LinkedHashMap<>();
    if (service(service).get("environment") instanceof Map<?, ?> variables) {
      variables.forEach(
          (name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
    }
    return environment;
  }

  private static Map<?, ?> service(String name) {
    if (SERVICES.get(name) instanceof Map<?, ?> service) {
      return service;
    }
    throw new AssertionError("docker-compose.yml has no service " + name);
  }

  private static Map<?, ?> services() {
    try {
      Map<?, ?> file =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(Files.readString(ROOT.resolve("docker-compose.yml")));
      if (file.get("services") instanceof Map<?, ?> services) {
        return services;
      }
      throw new AssertionError("docker-compose.yml names no services");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ComposeFile() {}
}
