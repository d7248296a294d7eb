package org.milena.standalone.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Which server a command speaks to, and as whom. The same options with every command. */
final class Server {

  /** Written by a running server into its data folder: where it listens. */
  static final String RUN_FILE = "milena.run";

  private static final String DEFAULT_URL = "http://127.0.0.1:8080";
  private static final String OPERATOR = "admin";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Where the server answers; else MILENA_URL, else the one of this machine's data folder.")
  private String url = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "An API token; else MILENA_TOKEN, else the password of the operator.")
  private String token = "";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The data folder of the server on this machine; else MILENA_DATA, else ./data.")
  private String data = "";

  private final Map<String, String> environment;

  Server() {
    this(System.getenv());
  }

  /** With these variables instead of the process's own. */
  Server(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Connects nothing yet. */
  Api api() {
    return new Api(url(), credentials());
  }

  /** Without a slash at its end. */
  String url() {
    String named = first(url, variable("MILENA_URL"));
    if (named.isEmpty()) {
      String port = variable("MILENA_HTTP_PORT");
      named = port.isEmpty() ? fact("http.url").orElse(DEFAULT_URL) : "http://127.0.0.1:" + port;
    }
    return named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
  }

  Path dataFolder() {
    String named = first(data, variable("MILENA_DATA"));
    return Path.of(named.isEmpty() ? "data" : named).toAbsolutePath().normalize();
  }

  /** A fact that the running server of the data folder wrote down, such as {@code smtp.port}. */
  Optional<String> fact(String name) {
    Path file = dataFolder().resolve(RUN_FILE);
    try {
      Properties facts = new Properties();
      facts.load(new StringReader(Files.readString(file)));
      return Optional.ofNullable(facts.getProperty(name));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CliFailure("%s cannot be read: %s.".formatted(file, e), e);
    }
  }

  /** A variable of the environment, empty when it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  private Credentials credentials() {
    String bearer = first(token, variable("MILENA_TOKEN"));
    if (!bearer.isEmpty()) {
      return new Credentials.Token(bearer);
    }
    String password = variable("MILENA_ADMIN_PASSWORD");
    if (!password.isEmpty()) {
      return new Credentials.Password(OPERATOR, password);
    }
    Path file = dataFolder().resolve("admin-password");
    try {
      return new Credentials.Password(OPERATOR, Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return new Credentials.None();
    } catch (IOException e) {
      throw new CliFailure(
          "%s cannot be read: %s. Give a token with --token.".formatted(file, e), e);
    }
  }

  private static String first(String one, String other) {
    return one.isBlank() ? other : one.strip();
  }
}
